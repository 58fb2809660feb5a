package dev.rtel.tasks.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the printed sentences of a knights-and-knaves prompt. A world is the list of the knights' names. */
final class Sentences {
    private static final List<String> NUMBERS = List.of("none", "one", "two", "three", "four", "five");
    private static final Pattern SAYS = Pattern.compile("^- (\\w+) says: \"(.*)\\.\"$", Pattern.MULTILINE);
    private static final Pattern CLAIM = Pattern.compile("^[1-4]\\. (.*)\\.$", Pattern.MULTILINE);
    private static final Pattern IS = Pattern.compile("(\\w+) is a (knight|knave)");
    private static final Pattern KIND = Pattern.compile("(\\w+) and (\\w+) are of (the same kind|different kinds)");
    private static final Pattern COUNT =
            Pattern.compile("(Exactly|At least) (\\w+) of (us|the) (four|five) (is a knight|are knights)");

    private final Map<String, Predicate<List<String>>> statements = new LinkedHashMap<>();
    private final List<Predicate<List<String>>> claims;

    Sentences(String prompt) {
        SAYS.matcher(prompt).results().forEach(found -> statements.put(found.group(1), meaning(found.group(2))));
        claims = CLAIM.matcher(prompt)
                .results()
                .map((MatchResult found) -> meaning(found.group(1)))
                .toList();
    }

    List<String> speakers() {
        return List.copyOf(statements.keySet());
    }

    List<Predicate<List<String>>> claims() {
        return claims;
    }

    /** All worlds in which each of these speakers is a knight exactly if the statement is true. */
    List<List<String>> worlds(List<String> listenedTo) {
        return everyWorld()
                .filter(world -> listenedTo.stream()
                        .allMatch(name ->
                                world.contains(name) == statements.get(name).test(world)))
                .toList();
    }

    Stream<List<String>> everyWorld() {
        List<List<String>> all = new ArrayList<>(List.of(List.of()));
        for (String name : speakers()) {
            for (List<String> world : List.copyOf(all)) {
                all.add(Stream.concat(world.stream(), Stream.of(name)).toList());
            }
        }
        return all.stream();
    }

    private static Predicate<List<String>> meaning(String sentence) {
        if (sentence.startsWith("If ")) {
            String[] parts = sentence.substring(3).split(", then ", 2);
            return meaning(parts[0]).negate().or(meaning(parts[1]));
        }
        if (sentence.endsWith(", or both")) {
            String[] parts = sentence.substring(0, sentence.length() - 9).split(" or ", 2);
            return meaning(parts[0]).or(meaning(parts[1]));
        }
        Matcher kind = KIND.matcher(sentence);
        if (kind.matches()) {
            boolean same = kind.group(3).equals("the same kind");
            String first = kind.group(1);
            String second = kind.group(2);
            return world -> same == (world.contains(first) == world.contains(second));
        }
        Matcher count = COUNT.matcher(sentence);
        if (count.matches()) {
            int number = NUMBERS.indexOf(count.group(2));
            return count.group(1).equals("Exactly") ? world -> world.size() == number : world -> world.size() >= number;
        }
        Matcher is = IS.matcher(sentence);
        if (is.matches()) {
            boolean knight = is.group(2).equals("knight");
            String name = is.group(1);
            return world -> world.contains(name) == knight;
        }
        String[] parts = sentence.split(" and ", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("cannot read: " + sentence);
        }
        return meaning(parts[0]).and(meaning(parts[1]));
    }
}
