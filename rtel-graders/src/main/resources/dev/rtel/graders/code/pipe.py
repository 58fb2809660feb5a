# Frames of a 4-byte length and JSON over the two pipes this process was started with.
import os, sys


class Json:
    """What the interpreter has built in of its json package, which takes longer to load than all the rest."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo = {}

    def __init__(self):
        try:
            from _json import encode_basestring_ascii, make_scanner
            self.scan, self.quote = make_scanner(self), encode_basestring_ascii
            if self.scan('[{"a": [1, null]}]', 0)[0] != [{"a": [1, None]}]:
                raise ImportError("an unknown scanner")
        except Exception:
            import json
            self.scan, self.quote = (lambda text, at: (json.loads(text), len(text))), json.dumps

    def read(self, text):
        return self.scan(text, 0)[0]

    def write(self, value):
        parts = []
        self.add(value, parts.append)
        return "".join(parts)

    def add(self, value, put):
        kind = type(value)
        if kind is str:
            put(self.quote(value))
        elif value is None or value is True or value is False:
            put("null" if value is None else "true" if value else "false")
        elif kind is int:
            put(int.__repr__(value))
        elif kind is list or kind is tuple:
            put("[")
            for at, item in enumerate(value):
                if at:
                    put(",")
                self.add(item, put)
            put("]")
        elif kind is dict:
            put("{")
            for at, key in enumerate(value):
                put("," if at else "")
                self.add(key, put)
                put(":")
                self.add(value[key], put)
            put("}")
        else:
            raise TypeError("no JSON for a " + kind.__name__)


class Pipe:
    LARGEST = 4 << 20

    def __init__(self):
        """Takes 0 and 1 for itself: what is printed from here on goes to 2, and there is nothing to read."""
        self.json = Json()
        self.take, self.give = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(2, 1)
        os.close(null)
        for number in (self.take, self.give):
            os.set_inheritable(number, False)

    def read(self, count):
        data = b""
        while len(data) < count:
            part = os.read(self.take, count - len(data))
            if not part:
                os._exit(0)
            data += part
        return data

    def receive(self):
        return self.json.read(self.read(int.from_bytes(self.read(4), "big")).decode("utf-8"))

    def send(self, message):
        data = self.json.write(message).encode("ascii")
        if len(data) > self.LARGEST:
            message = {"id": message.get("id"), "value": ["o", "value too large"]}
            data = self.json.write(message).encode("ascii")
        data = len(data).to_bytes(4, "big") + data
        while data:
            data = data[os.write(self.give, data):]


def begin():
    """Locks this process in and says so; nothing but settings has arrived before."""
    clear_path()
    pipe = Pipe()
    settings = pipe.receive()
    parent = os.getppid()
    locked, facts = lock(settings)
    tested = {} if settings["backend"] in ("unsafe", "seatbelt") else self_test(settings, parent)
    pipe.send({"ready": True, "python": "%d.%d.%d" % sys.version_info[:3], "locked": locked, "tested": tested,
               "facts": facts})
    return pipe, settings
