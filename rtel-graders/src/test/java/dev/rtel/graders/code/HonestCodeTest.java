package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What honest code may well do must go on working behind the locks. */
class HonestCodeTest {
    private static final String SOURCE = """
            from __future__ import annotations
            import argparse, array, ast, asyncio, bisect, bz2, collections, contextlib, copy, csv, dataclasses, datetime
            import decimal, difflib, doctest, enum, fractions, functools, gc, glob, hashlib, heapq, hmac, html, inspect
            import io, itertools, json, logging, lzma, math, multiprocessing, operator, os, pathlib, pickle, platform
            import queue, random, re, secrets, shelve, shutil, signal, socket, sqlite3, ssl, statistics, string, struct
            import subprocess, sys, tempfile, textwrap, threading, time, traceback, types, typing, unicodedata, unittest
            import urllib.request, uuid, warnings, weakref, xml.etree.ElementTree, zipfile, zlib, zoneinfo, ctypes

            @dataclasses.dataclass
            class Point:
                x: int
                y: typing.Optional[int] = None

            def threads():
                found = []
                workers = [threading.Thread(target=found.append, args=(i,)) for i in range(20)]
                for worker in workers:
                    worker.start()
                for worker in workers:
                    worker.join()
                return len(found)

            async def later():
                await asyncio.sleep(0.01)
                return await asyncio.get_running_loop().run_in_executor(None, lambda: 5)

            def database():
                with contextlib.closing(sqlite3.connect('d.db')) as there:
                    there.execute('create table t(x)')
                    there.execute('insert into t values (7)')
                    there.commit()
                    return there.execute('select x from t').fetchone()[0]

            def files():
                with tempfile.TemporaryDirectory() as folder:
                    path = pathlib.Path(folder, 'a')
                    path.write_text('x')
                    path.rename(pathlib.Path(folder, 'b'))
                    shutil.copyfile(os.path.join(folder, 'b'), 'c')
                    os.mkdir('sub')
                    open('c', 'a').close()
                    os.remove('c')
                return sorted(os.listdir('.'))

            def alarm():
                def ring(number, frame):
                    raise TimeoutError
                signal.signal(signal.SIGALRM, ring)
                signal.setitimer(signal.ITIMER_REAL, 0.05)
                try:
                    time.sleep(2)
                except TimeoutError:
                    return 'rang'

            def f(what):
                print('at work', file=sys.stderr)
                return globals()[what]() if what != 'later' else asyncio.run(later())

            def deep():
                sys.setrecursionlimit(20000)
                def down(n):
                    return 0 if n == 0 else 1 + down(n - 1)
                return down(5000)

            def streams():
                return sys.stdin.read() + str(len(hashlib.sha256(b'x').hexdigest())) + str(Point(1)) + str(uuid.uuid4())[:0]

            def zone():
                return str(datetime.datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')).utcoffset())

            def big():
                return 3 ** 2000
            """;

    @ParameterizedTest
    @ValueSource(strings = {"landlock", "bwrap"})
    void theStandardLibraryWorks(String backend) throws InterruptedException {
        var verdict = PythonRuns.run(
                backend,
                SOURCE,
                "f",
                List.of(
                        call("threads", 20),
                        call("later", 5),
                        call("database", 7),
                        call("files", List.of("d.db", "sub")),
                        call("alarm", "rang"),
                        call("deep", 5000),
                        call("streams", "64Point(x=1, y=None)"),
                        call("zone", "1:00:00"),
                        call("big", java.math.BigInteger.valueOf(3).pow(2000))),
                Duration.ofSeconds(10));
        assertThat(verdict.explanation()).as("%s", verdict).isEqualTo("all 9 cases are right");
    }

    private static Map<String, Object> call(String what, Object expected) {
        return Map.of("args", List.of(what), "expected", expected);
    }
}
