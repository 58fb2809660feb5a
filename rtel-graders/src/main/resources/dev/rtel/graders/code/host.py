# Hosts submitted code: answers calls with plain data and knows neither tests nor expected values.
import sys


def main():
    pipe, settings = begin()
    objects = Objects() if settings["script"] else None
    plain = Plain(objects)
    module = None
    while True:
        request = pipe.receive()
        reply = {"id": request["id"]}
        try:
            if request["op"] == "load":
                import binascii
                module = load(binascii.a2b_base64(request["source"]), request["entry"])
                if objects is not None:
                    objects.module = module
                reply["loaded"] = True
            else:
                args = [plain.decode(value) for value in request["args"]]
                named = {key: plain.decode(value) for key, value in request["kwargs"].items()}
                if request["op"] == "call":
                    answer = resolve(module, request["entry"])(*args, **named)
                else:
                    answer = objects.do(request["name"], args, named)
                reply["value"] = plain.encode(answer)
                if request["return_args"]:
                    reply["args"] = [plain.encode(value) for value in args]
        except BaseException as error:
            reply = {"id": request["id"], "raised": describe(error, objects)}
        pipe.send(reply)


def load(source, entry):
    module = type(sys)("solution")
    module.__file__ = "solution.py"
    sys.modules["solution"] = module
    sys.argv = ["solution.py"]
    exec(compile(source, "solution.py", "exec", 0, True), module.__dict__)
    resolve(module, entry)
    return module


class MissingEntry(Exception):
    pass


def resolve(module, entry):
    found = module.__dict__.get(entry)
    if found is not None:
        return found
    for value in list(module.__dict__.values()):
        if isinstance(value, type) and value.__module__ == "solution" and entry in vars(value):
            return getattr(value(), entry)
    raise MissingEntry("no top-level name '%s'" % entry)


def describe(error, objects):
    try:
        names = [kind.__name__ for kind in type(error).__mro__[:20]]
    except BaseException:
        names = ["BaseException"]
    try:
        text = str(error)[:300]
    except BaseException:
        text = ""
    said = {"types": [str(name) for name in names], "text": text}
    if objects is not None:
        said["kind"] = objects.reference(type(error))
    return said


class Objects:
    """What the trusted side holds references to; it may only do to them what is listed here."""

    def __init__(self):
        self.held = []
        self.numbers = {}
        self.module = None

    def reference(self, value):
        number = self.numbers.get(id(value))
        if number is None:
            number = len(self.held)
            if number >= 100000:
                raise MemoryError("too many objects")
            self.held.append(value)
            self.numbers[id(value)] = number
        if isinstance(value, type):
            kind = "exception" if issubclass(value, BaseException) else "class"
            return ["r", number, kind, [str(base.__name__)[:100] for base in value.__mro__[:20]]]
        return ["r", number, "object", [str(type(value).__name__)[:100]]]

    def resolve(self, tagged):
        return self.held[tagged[1]]

    def do(self, name, args, named):
        if name == "attribute":
            return getattr(*args)
        if name == "global":
            return resolve(self.module, args[0])
        if name == "names":
            return [name for name in vars(self.module) if not name.startswith("_")]
        if name == "set":
            return setattr(*args)
        if name == "call":
            return args[0](*args[1:], **named)
        if name in ("len", "iter", "next", "str", "repr", "int", "float", "abs", "isinstance", "hash", "reversed",
                    "round", "dir"):
            import builtins
            return getattr(builtins, name)(*args)
        if name in ("__enter__", "__exit__"):
            return getattr(type(args[0]), name)(*args)
        import operator
        return getattr(operator, name)(*args)


main()
