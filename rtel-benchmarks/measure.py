#!/usr/bin/env python3
"""Measures what RTEL itself costs: the whole process against a server in a process of its own, beside a bare client loop
in the same run. Read the ratios, not the seconds.

    mvn -q -DskipTests package && python3 rtel-benchmarks/measure.py [--rounds N] [--only CASE ...] [--json FILE]

Cases: start call latency late throughput memory. Needs python3 and the two jars that the build makes.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # as the rtel script does
JAR = os.path.join(ROOT, "rtel-benchmarks", "target", "benchmarks.jar")
LOAD = "dev.rtel.benchmarks.load."
TRIALS = 1_000
LATENCY_MS = 200


def run(command, cwd=None, env=None):
    """Runs to the end; returns wall seconds, CPU seconds, peak RSS in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("failed with %d: %s\n%s" % (process.returncode, " ".join(command), output.decode()[-4000:]))
    return {
        "wall_s": time.monotonic() - start,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "rss_mb": usage.ru_maxrss / 1024,
    }


class Server:
    """The load server; its figures are those of one run."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [JAVA, *FLAGS, "-cp", JAR, LOAD + "LoadServer"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.url = self.process.stdout.readline().decode().strip()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def reset(self, latency=0, lag=0):
        request = urllib.request.Request("%s/reset?latency=%d&lag=%d" % (self.url, latency, lag), method="POST")
        urllib.request.urlopen(request).read()

    def figures(self):
        return json.load(urllib.request.urlopen(self.url + "/figures"))


def embedded(server, folder, trials, concurrency, latency=0, lag=0, warm_up=0):
    store = os.path.join(folder, "store-%d.db" % time.monotonic_ns())
    cost = run([JAVA, *FLAGS, "-Xmx64m", "-cp", JAR, LOAD + "EmbeddedLoad", server.url, str(trials), str(concurrency),
                str(latency), str(lag), str(warm_up), store])
    return {**cost, **server.figures()}


def bare(server, calls, concurrency, latency=0, lag=0, warm_up=0):
    cost = run([JAVA, *FLAGS, "-Xmx64m", "-cp", JAR, LOAD + "BareLoop", server.url, str(calls), str(concurrency),
                str(latency), str(lag), str(warm_up)])
    return {**cost, **server.figures()}


class Suite:
    """A roster and a task for the command line, in a folder of their own."""

    def __init__(self, url, trials):
        self.folder = tempfile.mkdtemp(prefix="rtel-measure-")
        with open(os.path.join(self.folder, "roster.yaml"), "w") as file:
            file.write("roster: load\nmodels:\n  - {id: load/model, params: {max_tokens: 16000}}\n")
        with open(os.path.join(self.folder, "samples.jsonl"), "w") as file:
            for i in range(trials):
                file.write(json.dumps({"id": "s%d" % i, "input": "What is 30 + 12? (%d)" % i, "target": "42"}) + "\n")
        with open(os.path.join(self.folder, "task.yaml"), "w") as file:
            file.write('task: sums\nversion: "1"\ncategory: math\ngrader: {name: exact-numeric}\n'
                       "samples: samples.jsonl\n")
        self.url = url

    def run(self, concurrency):
        command = [os.path.join(ROOT, "rtel"), "run", "--roster", "roster.yaml", "--task", "task.yaml", "--base-url",
                   self.url, "--concurrency", str(concurrency), "--max-cost", "none", "--quiet", "--yes"]
        env = {**os.environ, "OPENROUTER_API_KEY": "load-key-0123456789"}
        return run(command, cwd=self.folder, env=env)

    def close(self):
        shutil.rmtree(self.folder)


def median(rounds, measure):
    """Runs a measurement several times; the median of each figure."""
    found = [measure() for _ in range(rounds)]
    return {key: statistics.median(one[key] for one in found) for key in found[0]
            if isinstance(found[0][key], (int, float))}


def case_start(rounds):
    rtel = os.path.join(ROOT, "rtel")
    run([rtel, "--version"])
    return [("rtel --version", median(max(5, rounds), lambda: run([rtel, "--version"]))),
            ("rtel --help", median(max(5, rounds), lambda: run([rtel, "--help"])))]


def case_call(rounds):
    with Server() as server:
        suite = Suite(server.url, 1)
        suite.run(1)
        figures = median(max(5, rounds), lambda: suite.run(1))
        suite.close()
    return [("rtel run, one call, store and report", figures)]


def case_latency(rounds):
    rows = []
    with Server() as server:
        for concurrency in (8, 64, 256):
            ideal = -(-TRIALS // concurrency) * LATENCY_MS
            suite = Suite(server.url, TRIALS)

            def cli():
                server.reset(LATENCY_MS)
                cost = suite.run(concurrency)
                figures = server.figures()
                return {**cost, **figures, "ratio": figures["first_to_last_ms"] / ideal}

            def loop():
                figures = bare(server, TRIALS, concurrency, LATENCY_MS, -1)
                return {**figures, "ratio": figures["first_to_last_ms"] / ideal}

            rows.append(("rtel run, %d ms, at %d" % (LATENCY_MS, concurrency), median(rounds, cli)))
            rows.append(("bare loop, %d ms, at %d" % (LATENCY_MS, concurrency), median(rounds, loop)))
            suite.close()
    return rows


def case_late(rounds):
    ideal = -(-TRIALS // 8) * LATENCY_MS
    with Server() as server:
        suite = Suite(server.url, TRIALS)

        def late():
            server.reset(LATENCY_MS, 300)
            cost = suite.run(8)
            figures = server.figures()
            return {**cost, **figures, "ratio": figures["first_to_last_ms"] / ideal}

        rows = [("rtel run, records 300 ms late, at 8", median(rounds, late))]
        suite.close()
    return rows


def case_throughput(rounds):
    rates = {"rtel": [], "bare": [], "ratio": [], "rss": [], "cpu": []}
    folder = tempfile.mkdtemp(prefix="rtel-measure-")
    with Server() as server:
        for _ in range(rounds):
            one = bare(server, 20_000, 64, warm_up=2_000)
            other = embedded(server, folder, 20_000, 64, warm_up=2_000)
            assert other["records"] == 20_000, other
            bare_rate = 20_000_000 / one["first_to_last_ms"]
            rtel_rate = 20_000_000 / other["first_to_last_ms"]
            rates["bare"].append(bare_rate)
            rates["rtel"].append(rtel_rate)
            rates["ratio"].append(rtel_rate / bare_rate)
            rates["rss"].append(other["rss_mb"])
            rates["cpu"].append(other["cpu_s"])
    shutil.rmtree(folder)
    return [("no latency, 20,000 trials at 64", {
        "trials_per_s": statistics.median(rates["rtel"]),
        "bare_per_s": statistics.median(rates["bare"]),
        "ratio": statistics.median(rates["ratio"]),
        "cpu_s": statistics.median(rates["cpu"]),
        "rss_mb": max(rates["rss"])})]


def case_memory(rounds):
    del rounds
    with Server() as server:
        suite = Suite(server.url, 22_000)
        figures = suite.run(64)
        suite.close()
    return [("rtel run, 22,000 trials, store and report", figures)]


CASES = {"start": case_start, "call": case_call, "latency": case_latency, "late": case_late,
         "throughput": case_throughput, "memory": case_memory}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="repeats of each measurement; medians are shown")
    parser.add_argument("--only", nargs="*", choices=sorted(CASES), help="these cases only")
    parser.add_argument("--json", help="write all figures to this file")
    options = parser.parse_args()
    if not os.path.exists(JAR):
        sys.exit("%s is missing; build it first: mvn -q -DskipTests package" % JAR)
    everything = {}
    for name in options.only or CASES:
        for label, figures in CASES[name](options.rounds):
            everything[label] = figures
            shown = "  ".join("%s %.4g" % (key, value) for key, value in figures.items())
            print("%-44s %s" % (label, shown), flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(everything, file, indent=1)


if __name__ == "__main__":
    main()
