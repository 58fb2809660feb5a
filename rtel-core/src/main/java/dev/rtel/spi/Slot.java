package dev.rtel.spi;

/**
 * A place among the trials that a runner lets run at the same time. A trial that only waits (for the end of a pause that
 * its provider asked for) gives it up, so that a slow provider holds no other up. Used by the trial's own thread.
 */
public interface Slot {
    /** A place that cannot be given up. */
    Slot KEPT = new Slot() {
        @Override
        public void release() {}

        @Override
        public void reacquire() {}
    };

    /** Gives the place up; returns at once. */
    void release();

    /**
     * Takes a place again; blocks until there is one.
     *
     * @throws InterruptedException if interrupted while waiting; the place is not taken then
     */
    void reacquire() throws InterruptedException;
}
