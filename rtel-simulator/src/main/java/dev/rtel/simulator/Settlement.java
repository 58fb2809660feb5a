package dev.rtel.simulator;

/** What the account does when a streamed reply ends; one of the methods is called, at most once. */
interface Settlement {
    /** For replies that cost nothing however they end. */
    Settlement NONE = new Settlement() {
        @Override
        public void finished() {}

        @Override
        public void cancelled(long reasoningTokens, long completionTokens) {}
    };

    /** The model has produced everything. Called before the reply's last bytes are sent. */
    void finished();

    /** The client has gone; only what was produced until then is billed. The reasoning is part of the completion. */
    void cancelled(long reasoningTokens, long completionTokens);
}
