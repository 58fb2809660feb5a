package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.CodeVerdict;
import dev.rtel.graders.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary test scripts, run where the submission cannot reach them. */
class ScriptModeTest {
    private static final Duration WALL = Duration.ofSeconds(10);
    private static final String STACK = """
            class EmptyError(LookupError):
                pass

            class Stack:
                '''A stack.'''
                limit = 3
                def __init__(self, items=()):
                    self.items = list(items)
                def push(self, item):
                    if len(self.items) == self.limit:
                        raise OverflowError('full')
                    self.items.append(item)
                    return self
                def pop(self):
                    if not self.items:
                        raise EmptyError('empty')
                    return self.items.pop()
                @property
                def top(self):
                    return self.items[-1]
                def __len__(self):
                    return len(self.items)
                def __iter__(self):
                    return iter(self.items)
                def __contains__(self, item):
                    return item in self.items
                def __getitem__(self, at):
                    return self.items[at]
                def __eq__(self, other):
                    return isinstance(other, Stack) and self.items == other.items
                def __hash__(self):
                    return 1
                def __add__(self, other):
                    return Stack(self.items + other.items)
                def __enter__(self):
                    return self
                def __exit__(self, *error):
                    self.items.clear()

            def squares(n):
                for i in range(n):
                    yield i * i

            def sort_in_place(values):
                values.sort()
            """;
    private static final String CLASS_TESTS = """
            import unittest
            from solution import *
            import solution

            class StackTest(unittest.TestCase):
                def setUp(self):
                    self.stack = Stack([1, 2])

                def test_push_and_pop(self):
                    self.assertIsInstance(self.stack, Stack)
                    self.assertEqual(self.stack.push(3).pop(), 3)
                    self.assertEqual(self.stack.top, 2)
                    self.assertEqual(len(self.stack), 2)

                def test_errors(self):
                    with self.assertRaises(EmptyError):
                        Stack().pop()
                    with self.assertRaises(LookupError):
                        Stack().pop()
                    with self.assertRaisesRegex(OverflowError, 'full'):
                        self.stack.push(3).push(4)

                def test_iteration(self):
                    self.assertEqual(list(self.stack), [1, 2])
                    self.assertEqual([i for i in squares(4)], [0, 1, 4, 9])
                    self.assertIn(2, self.stack)
                    self.assertNotIn(5, self.stack)
                    self.assertEqual(self.stack[0], 1)

                def test_equality_between_two_of_them(self):
                    self.assertEqual(Stack([1, 2]), self.stack)
                    self.assertNotEqual(Stack([1]), self.stack)
                    self.assertNotEqual(self.stack, [1, 2])
                    self.assertEqual(list(Stack([1]) + Stack([2])), [1, 2])

                def test_in_place(self):
                    values = [3, 1, 2]
                    self.assertIsNone(sort_in_place(values))
                    self.assertEqual(values, [1, 2, 3])

                def test_attributes(self):
                    self.assertEqual(Stack.limit, 3)
                    self.stack.limit = 5
                    self.assertEqual(self.stack.limit, 5)
                    self.assertFalse(hasattr(self.stack, 'nothing'))

                def test_context(self):
                    with solution.Stack([1]) as inner:
                        self.assertEqual(len(inner), 1)
                    self.assertEqual(len(inner), 0)
            """;

    @ParameterizedTest
    @ValueSource(strings = {"unsafe", "landlock", "bwrap"})
    void aClassBasedSuiteRunsAsItWouldBesideTheCode(String backend) throws InterruptedException {
        CodeVerdict verdict = PythonRuns.script(backend, STACK, "Stack", CLASS_TESTS, WALL);
        assertThat(verdict.explanation()).isEqualTo("all 7 tests passed");
        assertThat(verdict.status()).isEqualTo("PASS");
        assertThat(verdict.passedCases()).isEqualTo(7);
    }

    @Test
    void whatIsWrongIsFound() throws InterruptedException {
        String broken = STACK.replace("values.sort()", "return sorted(values)");
        CodeVerdict verdict = PythonRuns.script("landlock", broken, "Stack", CLASS_TESTS, WALL);
        assertThat(verdict.status()).isEqualTo("WRONG");
        assertThat(verdict.explanation()).isEqualTo("test StackTest.test_in_place failed");
        assertThat(verdict.passedCases()).isEqualTo(6);
        String raising = STACK.replace("return self.items[-1]", "return self.nothing");
        assertThat(PythonRuns.script("landlock", raising, "Stack", CLASS_TESTS, WALL)
                        .status())
                .isEqualTo("RAISED");
    }

    private static String said(String source, String tests) throws InterruptedException {
        CodeVerdict verdict = PythonRuns.script("landlock", source, "f", tests, Duration.ofSeconds(3));
        return verdict.status() + ": " + verdict.explanation();
    }

    @Test
    void plainScriptsAreRunAsTheyStand() throws InterruptedException {
        String code = "def f(x):\n    return x * 2\n";
        assertThat(said(code, "assert f(2) == 4\nassert f(x=3) == 6")).isEqualTo("PASS: all 1 tests passed");
        assertThat(said(code, "from solution import f as g\nassert g(2) == 5"))
                .isEqualTo("WRONG: test the script failed");
        assertThat(said(code, "def test_one():\n    assert f(1) == 2\ndef test_two():\n    assert f(1) == 3"))
                .isEqualTo("WRONG: test test_two failed");
        assertThat(said(code, "def check(candidate):\n    assert candidate(2) == 4"))
                .startsWith("PASS");
        assertThat(said(code, "def check(candidate):\n    assert candidate(2) == 5"))
                .startsWith("WRONG");
        assertThat(said("def f(x):\n    return 1 // 0", "assert f(2) == 4")).startsWith("RAISED");
        assertThat(said("def f(x):\n    while True: pass", "assert f(2) == 4")).startsWith("TIMEOUT");
        assertThat(said("import os\ndef f(x):\n    os._exit(0)", "assert f(2) == 4"))
                .startsWith("CRASH");
        assertThat(said("def f(x) return", "assert f(2) == 4")).startsWith("LOAD_ERROR");
        assertThat(said(code, "import solution\nassert solution.g(2) == 4")).startsWith("WRONG");
        assertThat(said(code, "from solution import g\nassert g(2) == 4")).startsWith("WRONG");
    }

    @Test
    void aScriptThatCannotTestAnythingSaysNothingAboutTheCode() throws InterruptedException {
        String code = "def f(x):\n    return x\n";
        for (String tests : List.of(
                "x = 1", "def helper():\n    assert False", "import pytest\nassert f(1) == 1", "assert f(1 ==")) {
            assertThat(said(code, tests)).as(tests).startsWith("INFRA: the test script cannot be used");
        }
    }

    @Test
    void nothingRemotePassesForWhatItIsNot() throws InterruptedException {
        String equal = "class E:\n    def __eq__(s, o): return True\n    def __ne__(s, o): return False\n"
                + "    def __bool__(s): return True\n    def __len__(s): return E()\n    def __lt__(s, o): return E()\n"
                + "    def __contains__(s, o): return E()\n    def __hash__(s): return 0\ndef f(x):\n    return E()\n";
        for (String tests : List.of(
                "assert f(1) == 4",
                "assert f(1)",
                "assert not f(1)",
                "assert 4 == f(1)",
                "assert f(1) in [4]",
                "assert f(1) < 5",
                "assert len(f(1)) == 4",
                "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertTrue(f(1))",
                "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(f(1), [4])")) {
            assertThat(said(equal, tests)).as(tests).doesNotStartWith("PASS").doesNotStartWith("INFRA");
        }
        String near = "class A:\n" + "    def __sub__(s, o): return 0.0\n    def __gt__(s, o): return True\n"
                + "    def __lt__(s, o): return True\n    def __ge__(s, o): return True\n    def __contains__(s, o): return True\n"
                + "    def __add__(s, o): return 4\n    def __mul__(s, o): return 4\n"
                + "def f(x):\n    return [A(), A()] if x == 3 else A()\n";
        for (String tests : List.of(
                "assert abs(f(2) - 4.0) < 1e-9",
                "assert f(2) > 3",
                "assert 3 < f(2) < 5",
                "assert 4 in f(2)",
                "assert f(2) + 0 == 4",
                "assert all(abs(a - b) < 1e-6 for a, b in zip(f(3), [1, 2]))",
                "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertAlmostEqual(f(2), 4.0)",
                "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertGreater(f(2), 3)",
                "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertIn(4, f(2))")) {
            assertThat(said(near, tests)).as(tests).doesNotStartWith("PASS").doesNotStartWith("INFRA");
        }
        String stops = "def f(x):\n    raise StopIteration\n";
        for (String tests : List.of(
                "assert all(map(lambda c: f(c) == c, [1, 2]))",
                "for got, want in zip(map(f, [1, 2]), [1, 2]):\n    assert got == want\nassert True")) {
            assertThat(said(stops, tests)).as(tests).startsWith("RAISED");
        }
        String shadows = "def all(x):\n    return True\ndef abs(x):\n    return 0\ndef f(x):\n    return 7.0\n";
        assertThat(said(shadows, "from solution import *\nassert all([f(1) == 1])"))
                .startsWith("WRONG");
        assertThat(said(shadows, "from solution import *\nassert abs(f(1) - 1) < 1e-9"))
                .startsWith("WRONG");
        String skips = "import unittest\ndef f(x):\n    raise unittest.SkipTest('no')\n";
        assertThat(said(skips, "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        f(1)"))
                .startsWith("RAISED");
        String exits = "def f(x):\n    raise SystemExit(0)\n";
        assertThat(said(exits, "assert f(1) == 1")).startsWith("RAISED");
        assertThat(said("def f(x):\n    raise AssertionError", "try:\n    f(1)\nexcept Exception:\n    raise"))
                .doesNotStartWith("PASS");
    }

    @Test
    void whatFailsInTheSolutionIsItsOwnFault() throws InterruptedException {
        assertThat(said("def f(x):\n    import numpy", "assert f(1) == 1")).startsWith("RAISED");
        assertThat(said("def f(x):\n    raise ImportError('x')", "assert f(1) == 1"))
                .startsWith("RAISED");
        String twice =
                "made = []\nclass K:\n    def __init__(self):\n        made.append(1)\n        if len(made) > 1:\n"
                        + "            raise KeyError(1)\n    def f(self, x):\n        return x\n";
        assertThat(said(twice, "assert f(1) == 1")).startsWith("RAISED");
        String endless = "def f(x):\n    while True:\n        yield 1\n";
        assertThat(said(endless, "assert sum(f(1)) == 1")).startsWith("TIMEOUT");
    }

    @Test
    void testsThatWouldNotRunAreNotTakenForPassed() throws InterruptedException {
        String code = "def f(x):\n    return x\n";
        assertThat(said(code, "async def test_it():\n    assert f(1) == 2"))
                .startsWith("INFRA")
                .contains("test_it");
        assertThat(said(code, "def test_it():\n    yield\n    assert f(1) == 2"))
                .startsWith("INFRA");
        String set = "import unittest\nclass T(unittest.TestCase):\n    @classmethod\n    def setUpClass(cls):\n"
                + "        cls.x = 3\n    def test(self):\n        self.assertEqual(f(self.x), 3)";
        assertThat(said(code, set)).startsWith("PASS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"landlock", "bwrap"})
    @SuppressWarnings("unchecked")
    void integrityProgramsDoNotPassAScriptEither(String backend) throws InterruptedException, IOException {
        Map<String, Object> manifest = SharedData.object(SharedData.text("hostile/manifest.json"));
        String tests = """
                import unittest
                from solution import merge_intervals
                class Merge(unittest.TestCase):
                    def test_overlap(self):
                        self.assertEqual(merge_intervals([[1, 3], [2, 6], [8, 10]]), [[1, 6], [8, 10]])
                    def test_touching(self):
                        self.assertEqual(merge_intervals([[1, 4], [4, 5]]), [[1, 5]])
                    def test_none(self):
                        self.assertEqual(merge_intervals([]), [])
                    def test_swallowed(self):
                        self.assertEqual(merge_intervals([[6, 8], [1, 9], [2, 4], [4, 7]]), [[1, 9]])
                """;
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> item : (List<Map<String, Object>>) manifest.get("items")) {
            String id = (String) item.get("id");
            if (!id.startsWith("i") && !id.startsWith("c")) {
                continue;
            }
            String source = Files.readString(SharedData.path("hostile/" + item.get("file")), StandardCharsets.UTF_8);
            var verdict = PythonRuns.script(
                    backend, source, "merge_intervals", tests, Duration.ofSeconds(id.startsWith("c") ? 10 : 2));
            Object exact = ((Map<String, Object>) item.get("expect")).get("exact");
            boolean fine = exact == null
                    ? !verdict.status().equals("PASS") && !verdict.status().equals("INFRA")
                    : verdict.status().equals(exact);
            if (!fine || verdict.output().lines().anyMatch(line -> line.startsWith("RTEL-PROBE"))) {
                wrong.add(id + " " + verdict);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
