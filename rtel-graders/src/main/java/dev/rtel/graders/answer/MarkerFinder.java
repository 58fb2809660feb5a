package dev.rtel.graders.answer;

import java.util.ArrayList;
import java.util.List;

/** Finds all markers of a cleaned reply in order (rules C1 and C2). One pass; used once. */
final class MarkerFinder {
    private final CleanText reply;
    private final ValueForm form;
    private final Phrases phrases;
    private final Stance stance;
    private final EnclosedAnswers enclosed;
    private final AnnouncedAnswers announced;
    private final List<Marker> found = new ArrayList<>();

    MarkerFinder(CleanText reply, ValueForm form) {
        this.reply = reply;
        this.form = form;
        this.phrases = form.phrases();
        this.stance = new Stance(reply);
        Lines lines = new Lines(reply);
        this.enclosed = new EnclosedAnswers(reply, lines, found::add);
        this.announced = new AnnouncedAnswers(reply, lines, stance, found::add);
    }

    List<Marker> find() {
        String folded = reply.folded();
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'a' && c <= 'z' && i > 0 && folded.charAt(i - 1) >= 'a' && folded.charAt(i - 1) <= 'z') {
                continue; // inside a word
            }
            if (c == '\\') {
                enclosed.box(i);
            } else if (c == '<') {
                enclosed.tag(i);
            } else if (c == '"' || c == '\'') {
                i = enclosed.json(i);
            } else if (Character.isLetter(c) && (i == 0 || Text.boundary(folded.charAt(i - 1), c))) {
                Phrases.Hit hit = phrases.at(folded, i);
                if (hit.end() > 0) {
                    announced.phrase(i, hit);
                    i = hit.end() - 1;
                } else {
                    ownSentence(i);
                }
            }
        }
        return found;
    }

    private void ownSentence(int at) {
        ValueForm.Sentence sentence = form.sentenceAt(reply, at);
        if (sentence.valueStart() >= 0 && stance.own(at) && !stance.unsure(at, sentence.valueEnd())) {
            found.add(new Marker(2, at, sentence.valueStart(), sentence.valueEnd(), true, false, false, false));
        }
    }
}
