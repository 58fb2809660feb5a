package dev.rtel.graders.answer;

/** Reads text as one kind of value. Stateless. */
interface ValueForm {
    /** Where the text stood. */
    enum Place {
        /** Right after an explicit marker. */
        MARKER,
        /** In a declarative sentence. */
        SENTENCE,
        /** Alone on the last line: nothing but the value may be there. */
        LINE
    }

    /** Reads the text between a marker and the end of its sentence. */
    Reading read(String text, Place place);

    /** Returns the phrases that announce such a value; the same object every time. */
    default Phrases phrases() {
        return Phrases.ANSWERS;
    }

    /** Returns what a reply's first word says, where that counts. */
    default Reading firstWord(CleanText reply) {
        return Reading.NONE;
    }

    /** Returns whether a value alone on the last line counts. */
    default boolean lastLineCounts() {
        return true;
    }

    /** Returns whether full stops may stand inside a value, as in {@code 1. true 2. false}. */
    default boolean wholeLine() {
        return false;
    }

    /** Finds sentences of the form's own shape at this index: {@code option B is correct}; absent when there is none. */
    default Sentence sentenceAt(CleanText reply, int index) {
        return Sentence.ABSENT;
    }

    /**
     * A sentence that states a value in its middle.
     *
     * @param valueStart first index of the value
     * @param valueEnd index after it
     */
    record Sentence(int valueStart, int valueEnd) {
        static final Sentence ABSENT = new Sentence(-1, -1);
    }
}
