package dev.rtel.internal;

import dev.rtel.spi.Slot;
import java.util.concurrent.Semaphore;

/**
 * Trials that have their answer are graded and stored beside the calls of others: as far as there is room, they give up
 * their place meanwhile. The room bounds how far calls can run ahead of slow graders. Thread-safe.
 */
final class GradingRoom {
    private static final int MOST_SEATS = 16;
    private final Semaphore room;

    /** Less room than there are places: a run of one trial at a time remains one. */
    GradingRoom(int places) {
        room = new Semaphore(Math.min(MOST_SEATS, places - 1));
    }

    /**
     * Takes a seat and gives the trial's place up; keeps the place where there is no seat.
     *
     * @param may false keeps the place in any case
     */
    Seat enter(Slot slot, boolean may) {
        boolean seated = may && room.tryAcquire();
        if (seated) {
            slot.release();
        }
        return new Seat(slot, seated);
    }

    /** One grading. Used by the trial's own thread. */
    final class Seat implements AutoCloseable {
        private final Slot slot;
        private final boolean seated;

        private Seat(Slot slot, boolean seated) {
            this.slot = slot;
            this.seated = seated;
        }

        /** Takes a place for a call; blocks until there is one. */
        Slot beginCall() throws InterruptedException {
            if (seated) {
                slot.reacquire();
            }
            return slot;
        }

        void endCall() {
            if (seated) {
                slot.release();
            }
        }

        @Override
        public void close() {
            if (seated) {
                room.release();
            }
        }
    }
}
