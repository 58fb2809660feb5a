package dev.rtel.spi;

/**
 * A place among the trials that a runner lets run at the same time. A trial that makes no call (it waits for the end of a
 * pause that its provider asked for, or is being graded) gives it up, so that it holds no other up. Used by the trial's
 * own thread.
 */
public interface Slot {
    /** A place that cannot be given up. */
    Slot KEPT = new Slot() {
        @Override
        public void release() {}

        @Override
        public void reacquire() {}
    };

    /** Gives the place up, if it is held; returns at once. */
    void release();

    /**
     * Takes a place again; blocks until there is one.
     *
     * @throws InterruptedException if interrupted while waiting; the place is not taken then
     */
    void reacquire() throws InterruptedException;
}
