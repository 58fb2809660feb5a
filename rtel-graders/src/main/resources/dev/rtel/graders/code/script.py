# Runs a test script against objects that live in another process. Trusted: nothing of the submission runs here.
import sys


def main():
    pipe, _ = begin()
    request = pipe.receive()
    link = Link(pipe)
    pipe.send(dict(run(request["tests"], request["entry"], link), id=request["id"], finished=True))


def run(text, entry, link):
    function = type(run)
    sys.modules["solution"] = Solution(link)
    module = type(sys)("tests")
    sys.modules["tests"] = module
    asserted = []
    module.__dict__["_asserted"] = asserted.append
    results = []
    broken = []

    def attempt(name, action):
        try:
            action()
            results.append([name, "PASS"])
        except Skipped:
            results.append([name, "SKIPPED"])
        except AssertionError:
            results.append([name, "WRONG"])
        except BaseException as error:
            raised = isinstance(error, Remote.Error) or getattr(error, "_of_the_solution", False)
            if not raised and isinstance(error, ImportError) and not (error.name or "").startswith("solution"):
                broken.append("%s: %s" % (name, error))
            results.append([name, "RAISED" if raised else "WRONG"])

    try:
        code = compile(counting(text), "tests.py", "exec", 0, True)
    except SyntaxError as error:
        return {"broken": "line %s: %s" % (error.lineno, error.msg), "results": []}
    def body():
        module.__dict__[entry] = link.do("global", [entry])
        exec(code, module.__dict__)

    def called(name, test, *args):
        def action():
            if hasattr(test(*args), "send"):
                broken.append(name + ": a coroutine or generator function, whose body does not run")
        return action

    attempt("the script", body)
    if results[0][1] == "PASS":
        for case in cases(module) if "unittest" in sys.modules else ():
            attempt(case.id().replace("tests.", "", 1), lambda: run_case(case))
        for name, value in list(module.__dict__.items()):
            if name.startswith("test") and isinstance(value, function):
                attempt(name, called(name, value))
        check = module.__dict__.get("check")
        if len(results) == 1 and not asserted and isinstance(check, function):
            attempt("check", called("check", check, module.__dict__[entry]))
        if len(results) > 1:
            # the body of a script that only defines tests is none itself
            del results[0]
        elif len(results) == 1 and not asserted:
            broken.append("no test in it: no assert, no unittest case, no function test*")
    if broken:
        return {"broken": broken[0], "results": []}
    return {"results": results}


def counting(text):
    """Every assert that is reached is noted, so that a script whose asserts never run is no passed test."""
    import ast

    class Noting(ast.NodeTransformer):
        def visit_Assert(self, node):
            note = ast.parse("_asserted(1)").body[0]
            return [ast.copy_location(note, node), node]

    return ast.fix_missing_locations(Noting().visit(ast.parse(text, "tests.py")))


class Skipped(Exception):
    pass


def cases(module):
    import unittest

    def flat(suite):
        for part in suite:
            if isinstance(part, unittest.TestSuite):
                for case in flat(part):
                    yield case
            else:
                yield part

    return flat(unittest.TestLoader().loadTestsFromModule(module))


def run_case(case):
    import unittest

    class Result(unittest.TestResult):
        cause = None

        def addError(self, test, err):
            self.cause = err[1]

    result = Result()
    # a suite sets up the class, too
    unittest.TestSuite([case]).run(result)
    if result.cause is not None:
        raise result.cause
    if result.skipped or result.testsRun != 1 or result.expectedFailures or result.unexpectedSuccesses:
        raise Skipped()
    if not result.wasSuccessful():
        raise AssertionError()


class Link:
    """Relays what is done to a remote object and brings back the answer."""

    def __init__(self, pipe):
        self.pipe = pipe
        self.plain = Plain(self)
        self.number = 0
        self.kinds = {}

    def do(self, name, args, named=None):
        sent = [self.encode(value) for value in args]
        self.number += 1
        self.pipe.send({"id": self.number, "do": name, "args": sent,
                        "kwargs": {key: self.encode(value) for key, value in (named or {}).items()}})
        reply = self.pipe.receive()
        raised = reply.get("raised")
        if raised is not None:
            kind = self.error_class(raised)
            if name != "next" and issubclass(kind, (StopIteration, StopAsyncIteration)):
                # it would end a loop of the test instead of failing it
                kind = Remote.Error
            error = kind(raised["text"])
            error._of_the_solution = True
            raise error
        for value, after in zip(args, reply.get("args") or ()):
            self.update(value, after)
        return self.plain.decode(reply["value"])

    def update(self, value, after):
        """What the call changed in place."""
        kind = type(value)
        if kind in (list, dict, set, bytearray):
            now = self.plain.decode(after)
            if type(now) is kind and now != value:
                value.clear()
                value.extend(now) if kind in (list, bytearray) else value.update(now)

    def encode(self, value):
        tagged = self.plain.encode(value)
        if tagged[0] == "o":
            raise TypeError("a %s cannot be passed to the solution: plain values and the solution's own objects can"
                            % type(value).__name__)
        return tagged

    def reference(self, value):
        number = getattr(value, "_number", None) if isinstance(value, (Remote, type)) else None
        if number is None:
            raise TypeError("a %s cannot be passed to the solution" % type(value).__name__)
        return ["r", number]

    def resolve(self, tagged):
        if tagged[0] == "o":
            return Remote(self, -1, [tagged[1]])
        number, kind, names = tagged[1], tagged[2], tagged[3]
        if kind == "exception":
            return self.exception(number, names)
        if number not in self.kinds:
            self.kinds[number] = (RemoteClass if kind == "class" else Remote)(self, number, names)
        return self.kinds[number]

    def exception(self, number, names):
        """A real class here, so that assertRaises takes it; of the same name and the nearest built-in base."""
        import builtins
        if number not in self.kinds:
            known = [getattr(builtins, name, None) for name in names]
            known = [each for each in known if isinstance(each, type) and issubclass(each, BaseException)]
            base = known[0] if known and issubclass(known[0], Exception) else Remote.Error
            same = names[0] == base.__name__
            self.kinds[number] = base if same else type(names[0], (base,), {"_number": number})
        return self.kinds[number]

    def error_class(self, raised):
        kind = raised["kind"]
        mine = self.exception(kind[1], kind[3])
        # what would end the trusted process arrives as an ordinary error
        return mine if issubclass(mine, Exception) else Remote.Error


class Solution:
    """The module under test; every name in it is looked up in the other process."""

    __file__ = "solution.py"
    __name__ = "solution"
    __path__ = []
    __spec__ = None

    def __init__(self, link):
        self._link = link

    def __getattr__(self, name):
        if name == "__all__":
            import builtins
            mine = set(dir(builtins)) | set(vars(sys.modules["tests"]))
            # what the test calls by its own name stays the test's own
            return [each for each in self._link.do("names", [])
                    if isinstance(each, str) and each.isidentifier() and not each.startswith("_") and each not in mine]
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._link.do("global", [name])
        except Exception as error:
            raise AttributeError("the solution has no '%s'" % name) from error


class Remote:
    """A reference. Equal to no plain value, neither true nor false."""

    class Error(Exception):
        pass

    def __init__(self, link, number, names):
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_names", names)

    def _do(self, name, *args, **named):
        return self._link.do(name, [self, *args], named)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._do("attribute", name)

    def __setattr__(self, name, value):
        self._do("set", name, value)

    def __call__(self, *args, **named):
        return self._do("call", *args, **named)

    def __bool__(self):
        raise TypeError("an object of the solution (%s) is neither true nor false here" % self._names[0])

    def __eq__(self, other):
        return self is other or (isinstance(other, Remote) and self._do("__eq__", other) is True)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return self._number

    def __str__(self):
        return self._do("str")

    def __repr__(self):
        return self._do("repr")

    def __reversed__(self):
        return self._do("reversed")


def forward(name, remote):
    def method(self, *args):
        return self._do(remote, *args)
    setattr(Remote, name, method)


def order(name):
    def method(self, other):
        if not isinstance(other, Remote):
            raise TypeError("an object of the solution is neither above nor below a plain value")
        return self._do(name, other) is True
    setattr(Remote, name, method)


def combine(name):
    def method(self, *args):
        result = self._do(name, *args)
        if not isinstance(result, Remote) and not any(isinstance(each, Remote) for each in args):
            # an object that is 0 away from everything would be near every answer
            raise TypeError("an object of the solution and a plain value make no plain value")
        return result
    setattr(Remote, name, method)


def contains(self, value):
    import os
    if self._do("__contains__", os.urandom(16).hex()) is not False:
        raise TypeError("an object of the solution that contains everything")
    return self._do("__contains__", value) is True


Remote.__contains__ = contains
for each in ("len", "iter", "next", "int", "float", "abs", "round"):
    forward("__%s__" % each, each)
for each in ("__getitem__", "__setitem__", "__delitem__", "__neg__", "__pos__", "__invert__", "__enter__"):
    forward(each, each)
for each in ("__lt__", "__le__", "__gt__", "__ge__"):
    order(each)
for each in ("__add__", "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__", "__pow__", "__and__", "__or__",
             "__xor__", "__matmul__", "__lshift__", "__rshift__"):
    combine(each)


def leave(self, kind, error, trace):
    return self._do("__exit__", None, None, None) is True and kind is None


Remote.__exit__ = leave


class RemoteClass(Remote):
    def __instancecheck__(self, value):
        return isinstance(value, Remote) and self._do_isinstance(value) is True

    def _do_isinstance(self, value):
        return self._link.do("isinstance", [value, self])


main()
