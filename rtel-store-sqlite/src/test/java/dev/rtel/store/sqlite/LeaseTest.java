package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.Trial;
import dev.rtel.spi.StoreException;
import dev.rtel.testkit.PlanFixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    private static final Instant START = Instant.parse("2026-11-20T14:00:00Z");
    private static final RunPlan PLAN = PlanFixtures.plan(Stores.RUN, 1, 2, 1);
    private static final Trial TRIAL = PLAN.trials().get(0);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private Path path = Path.of("");
    private SqliteResultStore first = SqliteResultStore.lazily(path, clock);
    private SqliteResultStore second = first;

    private static final class SetClock extends Clock {
        private volatile Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void open() {
        path = folder.resolve("rtel.db");
        first = SqliteResultStore.open(StoreOptions.of(path, false, clock));
        second = SqliteResultStore.open(StoreOptions.of(path, false, clock));
        first.begin(PLAN);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void aLiveWriterIsNamedWithTheEndOfItsLease() throws Exception {
        String owner = Stores.queried(path, "SELECT lease_owner FROM run");

        assertThat(owner).contains(":" + ProcessHandle.current().pid() + ":");
        assertThatThrownBy(() -> second.begin(PLAN))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(Stores.RUN, owner, "2026-11-20T14:01:00Z", path.toString());
    }

    @Test
    void othersMayNotWriteARunThatIsBeingWritten() {
        assertThatThrownBy(() -> Stores.record(second, PLAN, TRIAL)).hasMessageContaining("being written by");
        assertThatThrownBy(() -> second.attemptStarted(PlanFixtures.attempt(PLAN, TRIAL, 1)))
                .hasMessageContaining("being written by");
        assertThatThrownBy(() -> second.end(Stores.RUN, RunState.FAILED, START))
                .hasMessageContaining("being written by");
        assertThat(Stores.records(first)).isEmpty();
        assertThat(first.attempts(Stores.RUN)).isEmpty();
    }

    @Test
    void aLeaseThatRanOutIsTakenOverAndItsOwnerWritesNoMore() {
        clock.now = START.plusSeconds(60);
        second.begin(PLAN);

        assertThatThrownBy(() -> Stores.record(first, PLAN, TRIAL)).hasMessageContaining("taken over");
        assertThatThrownBy(() -> first.attemptStarted(PlanFixtures.attempt(PLAN, TRIAL, 1)))
                .hasMessageContaining("taken over");
        assertThatThrownBy(() -> first.end(Stores.RUN, RunState.FAILED, START)).hasMessageContaining("taken over");
        assertThatThrownBy(() -> first.renewLease(Stores.RUN)).hasMessageContaining("lost");
        Stores.record(second, PLAN, TRIAL);
        assertThat(second.run(Stores.RUN).orElseThrow().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRenewedLeaseHoldsLonger() {
        clock.now = START.plusSeconds(50);
        first.renewLease(Stores.RUN);
        clock.now = START.plusSeconds(109);

        assertThatThrownBy(() -> second.begin(PLAN)).hasMessageContaining("2026-11-20T14:01:50Z");

        clock.now = START.plusSeconds(110);
        second.begin(PLAN);
    }

    @Test
    void aLeaseOfADeadProcessOfThisHostIsTakenOverAtOnce() throws Exception {
        Process dead = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        dead.waitFor();
        ownedBy(Stores.queried(path, "SELECT lease_owner FROM run").replaceFirst(":\\d+:", ":" + dead.pid() + ":"));

        second.begin(PLAN);

        assertThatThrownBy(() -> first.renewLease(Stores.RUN)).hasMessageContaining("lost");
    }

    @Test
    void aKilledProcessThatNobodyHasCollectedYetHoldsNoLease() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
        // the shell becomes a process that never collects its child
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
        try {
            String pid = parent.inputReader().readLine();
            Path stat = Path.of("/proc", pid, "stat");
            for (int i = 0; i < 200 && !Files.readString(stat).contains(") Z "); i++) {
                Thread.sleep(20);
            }
            ownedBy(Stores.queried(path, "SELECT lease_owner FROM run").replaceFirst(":\\d+:", ":" + pid + ":"));

            second.begin(PLAN);

            assertThatThrownBy(() -> first.renewLease(Stores.RUN)).hasMessageContaining("lost");
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aLeaseOfAnotherHostHoldsWhateverItsProcessId() throws Exception {
        ownedBy("elsewhere:999999999:abcd");

        assertThatThrownBy(() -> second.begin(PLAN)).hasMessageContaining("elsewhere:999999999:abcd");
    }

    @Test
    void endingReleasesAndRunningDoesNot() throws Exception {
        first.end(Stores.RUN, RunState.INTERRUPTED, START);
        assertThat(Stores.queried(path, "SELECT lease_owner FROM run")).isEqualTo("null");

        second.begin(PLAN);
        second.end(Stores.RUN, RunState.FINISHED, START);
        Stores.record(first, PLAN, TRIAL); // nobody writes now: late bills may be booked
        assertThat(Stores.records(first)).hasSize(1);
    }

    @Test
    void aRecordBookedLateKeepsItsPlace() {
        PLAN.trials().forEach(t -> Stores.record(first, PLAN, t));
        first.end(Stores.RUN, RunState.FINISHED, START);

        Stores.record(second, PLAN, TRIAL);

        assertThat(Stores.records(second)).extracting(r -> r.trial()).containsExactlyElementsOf(PLAN.trials());
    }

    private void ownedBy(String owner) throws Exception {
        Stores.sql(path, "UPDATE run SET lease_owner = '" + owner + "'");
    }
}
