# Values that travel between processes: plain data as tagged lists.
import sys


class Plain:
    """Values to tagged lists and back. What is not plain data becomes opaque and equals nothing."""

    BASES = (bool, int, float, str, bytes, bytearray, list, tuple, set, frozenset, dict, complex)

    def __init__(self, objects=None):
        import binascii
        self.binary = binascii
        self.nodes = 0
        # turns what is not plain into a reference, and back; without it such a value is only named
        self.objects = objects

    def encode(self, value):
        self.nodes = 0
        try:
            return self.tag(value, 0)
        except BaseException:
            return ["o", "unencodable"]

    def base(self, value):
        kind = type(value)
        if kind in self.BASES:
            return kind
        for base in self.BASES:
            if issubclass(kind, base):
                # namedtuple, IntEnum, defaultdict: plain as long as equality is inherited
                return base if kind.__eq__ is base.__eq__ and kind.__ne__ is base.__ne__ else None
        return None

    def tag(self, value, depth):
        self.nodes += 1
        if depth > 100 or self.nodes > 200000:
            return ["o", "too deep or too many parts"]
        if value is None:
            return ["n"]
        if value is True or value is False:
            return ["b", value]
        base = self.base(value)
        if base is int:
            number = int.__index__(value) if type(value) is not int else value
            return ["i", hex(number)] if number.bit_length() <= 8192 else ["o", "integer too large"]
        if base is float:
            return ["f", float.hex(value)]
        if base is str:
            return ["s", str.__str__(value)]
        if base is bytes or base is bytearray:
            return ["y", self.binary.b2a_base64(bytes(value), newline=False).decode("ascii")]
        if base is complex:
            return ["c", float.hex(complex.real.__get__(value)), float.hex(complex.imag.__get__(value))]
        if base in (list, tuple, set, frozenset):
            name = {list: "l", tuple: "t", set: "S", frozenset: "F"}[base]
            return [name, [self.tag(item, depth + 1) for item in base.__iter__(value)]]
        if base is dict:
            return ["d", [[self.tag(k, depth + 1), self.tag(v, depth + 1)] for k, v in dict.items(value)]]
        counter = sys.modules.get("collections")
        if counter is not None and type(value) is counter.OrderedDict or type(value).__name__ == "Counter" and isinstance(value, dict):
            return ["d", [[self.tag(k, depth + 1), self.tag(v, depth + 1)] for k, v in dict.items(value)]]
        decimal = sys.modules.get("decimal")
        if decimal is not None and type(value) is decimal.Decimal:
            return ["D", str(value)]
        fractions = sys.modules.get("fractions")
        if fractions is not None and type(value) is fractions.Fraction:
            return ["Q", hex(value.numerator), hex(value.denominator)]
        if self.objects is not None:
            return self.objects.reference(value)
        return ["o", str(type(value).__name__)[:100]]

    def decode(self, tagged):
        name = tagged[0]
        if name == "n":
            return None
        if name in ("b", "s"):
            return tagged[1]
        if name in ("r", "o"):
            if self.objects is None:
                raise ValueError("a reference where a plain value is needed")
            return self.objects.resolve(tagged)
        if name == "i":
            return int(tagged[1], 16)
        if name == "f":
            return float.fromhex(tagged[1])
        if name == "y":
            return self.binary.a2b_base64(tagged[1])
        if name == "c":
            return complex(float.fromhex(tagged[1]), float.fromhex(tagged[2]))
        if name == "d":
            return {self.decode(k): self.decode(v) for k, v in tagged[1]}
        if name == "D":
            from decimal import Decimal
            return Decimal(tagged[1])
        if name == "Q":
            from fractions import Fraction
            return Fraction(int(tagged[1], 16), int(tagged[2], 16))
        return {"l": list, "t": tuple, "S": set, "F": frozenset}[name](self.decode(item) for item in tagged[1])
