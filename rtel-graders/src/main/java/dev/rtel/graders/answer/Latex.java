package dev.rtel.graders.answer;

import java.util.Map;
import java.util.Set;

/** Takes the typesetting out of a short value: {@code $\text{False}$} becomes {@code False}. */
final class Latex {
    private static final Set<String> WRAPPERS = Set.of(
            "text",
            "textbf",
            "textit",
            "texttt",
            "textsf",
            "textsc",
            "textup",
            "textnormal",
            "textrm",
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "mathtt",
            "operatorname",
            "boxed",
            "fbox",
            "mbox",
            "emph",
            "underline",
            "bm",
            "boldsymbol",
            "ensuremath");
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("times", "\u00D7"),
            Map.entry("cdot", "\u00B7"),
            Map.entry("pm", "\u00B1"),
            Map.entry("mp", "\u00B1"),
            Map.entry("approx", "\u2248"),
            Map.entry("simeq", "\u2248"),
            Map.entry("ne", "\u2260"),
            Map.entry("neq", "\u2260"),
            Map.entry("le", "\u2264"),
            Map.entry("leq", "\u2264"),
            Map.entry("ge", "\u2265"),
            Map.entry("geq", "\u2265"),
            Map.entry("degree", "\u00B0"),
            Map.entry("dfrac", "\\frac"),
            Map.entry("tfrac", "\\frac"),
            Map.entry("cfrac", "\\frac"),
            Map.entry("frac", "\\frac"),
            Map.entry("over", "/"),
            Map.entry("lor", " or "),
            Map.entry("land", " and "),
            Map.entry("left", ""),
            Map.entry("right", ""),
            Map.entry("bigl", ""),
            Map.entry("bigr", ""),
            Map.entry("displaystyle", ""),
            Map.entry("textstyle", ""),
            Map.entry("quad", " "),
            Map.entry("qquad", " "),
            Map.entry("euro", ""),
            Map.entry("pounds", ""));
    private static final int DEEPEST = 12;

    private Latex() {}

    static String plain(String text) {
        return text.indexOf('\\') < 0 && text.indexOf('$') < 0 && text.indexOf("{,}") < 0 && text.indexOf("^") < 0
                ? text
                : plain(text, 0)
                        .replace("{,}", ",")
                        .replace("^\u00B0", "\u00B0")
                        .replace("^{\u00B0}", "\u00B0")
                        .replace("^{\\circ}", "\u00B0")
                        .replace("^\\circ", "\u00B0");
    }

    private static String plain(String text, int depth) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == '$') {
                i += text.startsWith("!", i + 1) ? 2 : 1;
            } else if (c == '~') {
                out.append(' ');
                i++;
            } else if (text.startsWith("\\\\", i) && i + 2 < text.length() && Character.isLetter(text.charAt(i + 2))) {
                i++;
            } else if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                i++;
            } else if (!Character.isLetter(text.charAt(i + 1))) {
                escape(text.charAt(i + 1), out);
                i += 2;
            } else {
                i = command(text, i, depth, out);
            }
        }
        return out.toString();
    }

    private static void escape(char c, StringBuilder out) {
        if (c == ',' || c == ';' || c == ':' || c == ' ' || c == '\\') {
            out.append(' ');
        } else if (c != '!' && c != '(' && c != ')' && c != '[' && c != ']' && c != '$') {
            out.append(c);
        }
    }

    private static int command(String text, int backslash, int depth, StringBuilder out) {
        int end = backslash + 1;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String name = text.substring(backslash + 1, end);
        if (WRAPPERS.contains(name) && depth < DEEPEST) {
            int open = end;
            while (open < text.length() && text.charAt(open) == ' ') {
                open++;
            }
            int close = open < text.length() && text.charAt(open) == '{' ? Text.closing(text, open) : -1;
            if (close > 0) {
                out.append(plain(text.substring(open + 1, close), depth + 1));
                return close + 1;
            }
        }
        String symbol = SYMBOLS.get(name);
        out.append(symbol == null ? "\\" + name : symbol);
        return end;
    }
}
