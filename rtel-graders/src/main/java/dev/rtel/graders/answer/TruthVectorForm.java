package dev.rtel.graders.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a given number of truth values in order; canonical value {@code true, false, true}. */
final class TruthVectorForm implements ValueForm {
    private static final Pattern GAPS = Pattern.compile("[\\s,;\uFF0C\u3001/|]+");
    private static final Set<String> LINKS = Set.of("and", "und", "et", "y", "e", "&", "\u548C", "then");
    private static final Set<String> CAUSES =
            Set.of("because", "since", "as", "weil", "da", "denn", "car", "porque", "-", "\u2013", "\u2014");
    private final int size;

    TruthVectorForm(int size) {
        this.size = size;
    }

    @Override
    public Reading read(String text, Place place) {
        Comments.Split split = Comments.split(Latex.plain(text));
        String source = split.rest().isBlank() ? Latex.plain(text) : split.rest();
        String bare = Text.trim(source, ".()[]{}<>!:");
        if (bare.isEmpty()) {
            return Reading.NONE;
        }
        List<Boolean> values = new ArrayList<>();
        String label = "";
        for (String piece : GAPS.split(bare, 4 * size + 40)) {
            String token = Text.trim(piece, "()[]{}.");
            if (token.isEmpty() || LINKS.contains(Fold.of(token))) {
                continue;
            }
            if (CAUSES.contains(Fold.of(token)) && !values.isEmpty()) {
                break;
            }
            Optional<String> own = label(token, piece);
            if (own.isPresent()) {
                if (!follows(label, own.get(), values.size())) {
                    return Reading.NONE;
                }
                label = own.get();
                continue;
            }
            int colon = token.indexOf(':');
            if (colon > 0 && follows(label, token.substring(0, colon), values.size())) {
                label = token.substring(0, colon);
                token = token.substring(colon + 1);
            }
            Optional<Boolean> value = value(token, place);
            if (value.isEmpty()) {
                return Reading.NONE;
            }
            values.add(value.get());
        }
        if (values.size() != size) {
            return values.isEmpty() ? Reading.NONE : Reading.SEVERAL;
        }
        return Reading.one(values.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    @Override
    public boolean wholeLine() {
        return true;
    }

    private static Optional<Boolean> value(String token, Place place) {
        Optional<Boolean> word = Truth.word(Fold.of(token)).or(() -> Truth.whole(token));
        return word.isPresent() || place != Place.MARKER ? word : Truth.letter(token);
    }

    /** "1." "(2)" "a)" "B:" */
    private static Optional<String> label(String token, String piece) {
        String bare = token.endsWith(":") || token.endsWith("=") ? token.substring(0, token.length() - 1) : token;
        boolean marked = !bare.equals(piece);
        boolean counter = bare.length() <= 2 && !bare.isEmpty() && bare.chars().allMatch(Character::isDigit);
        boolean letter = bare.length() == 1 && Character.isLetter(bare.charAt(0)) && marked;
        return counter && marked
                        || letter
                                && token.length() < piece.length() + 1
                                && !piece.equals(bare)
                                && !truthLetter(bare, piece)
                ? Optional.of(bare)
                : Optional.empty();
    }

    private static boolean truthLetter(String bare, String piece) {
        return Truth.letter(bare).isPresent() && !piece.endsWith(":") && !piece.endsWith("=");
    }

    /** Labels have to count up from 1 or A, so that no order is assumed. */
    private static boolean follows(String before, String label, int done) {
        if (label.length() == 1 && Character.isLetter(label.charAt(0))) {
            return Character.toUpperCase(label.charAt(0)) == 'A' + done;
        }
        return label.equals(String.valueOf(done + 1)) && !before.equals(label);
    }
}
