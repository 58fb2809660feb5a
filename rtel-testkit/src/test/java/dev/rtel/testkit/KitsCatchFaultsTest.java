package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Trial;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ComponentProvider;
import dev.rtel.spi.Runner;
import dev.rtel.spi.RunnerProvider;
import dev.rtel.spi.TrialExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kit that cannot fail proves nothing: each of these runners and providers has one fault. */
class KitsCatchFaultsTest {
    @TempDir
    Path folder;

    private static RunnerCompatibilityKit kit(Runner runner) {
        return new RunnerCompatibilityKit() {
            @Override
            protected Runner runner() {
                return runner;
            }
        };
    }

    private static void caught(ThrowingCallable test) {
        assertThatThrownBy(test).isInstanceOf(AssertionError.class);
    }

    private static void sequential(List<Trial> pending, TrialExecutor executor) throws InterruptedException {
        for (Trial trial : pending) {
            if (executor.stopping()) {
                return;
            }
            executor.execute(trial);
        }
    }

    @Test
    void aSimpleSequentialRunnerPassesEveryTest() {
        RunnerCompatibilityKit kit = kit(KitsCatchFaultsTest::sequential);
        assertThatCode(() -> {
                    kit.eachPendingTrialIsExecutedExactlyOnce();
                    kit.aRunnerCanBeUsedAgain();
                    kit.withNothingPendingItEndsAtOnce();
                    kit.everyTrialHasEndedWhenItReturns();
                    kit.nothingIsStartedWhenItIsStoppingAlready();
                    kit.itStopsSoonAfterStoppingTurnsTrue();
                    kit.aStoreFailureIsPassedOnAndNothingElseStarted();
                    kit.interruptionEndsTheRunAndTheRunningTrialsPromptly();
                    kit.anEntryStaysWithinItsOwnLimit();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aRunnerThatForgetsOrRepeatsATrialIsCaught() {
        caught(() -> kit((pending, executor) -> sequential(pending.subList(1, pending.size()), executor))
                .eachPendingTrialIsExecutedExactlyOnce());
        caught(() -> kit((pending, executor) -> {
                    sequential(pending, executor);
                    executor.execute(pending.get(0));
                })
                .eachPendingTrialIsExecutedExactlyOnce());
    }

    @Test
    void aRunnerThatNeverStopsIsCaught() {
        Runner deaf = (pending, executor) -> {
            for (Trial trial : pending) {
                executor.execute(trial);
            }
        };
        caught(() -> kit(deaf).nothingIsStartedWhenItIsStoppingAlready());
        caught(() -> kit(deaf).itStopsSoonAfterStoppingTurnsTrue());
    }

    @Test
    void aRunnerThatSwallowsFailuresOrInterruptionsIsCaught() {
        Runner swallowing = (pending, executor) -> {
            for (Trial trial : pending) {
                try {
                    executor.execute(trial);
                } catch (RuntimeException | InterruptedException e) {
                    return;
                }
            }
        };
        caught(() -> kit(swallowing).aStoreFailureIsPassedOnAndNothingElseStarted());
        caught(() -> kit(swallowing).interruptionEndsTheRunAndTheRunningTrialsPromptly());
    }

    @Test
    void aRunnerThatDoesNotWaitIsCaught() {
        Runner hasty = (pending, executor) -> pending.forEach(trial -> new Thread(() -> {
                    try {
                        executor.execute(trial);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start());
        caught(() -> kit(hasty).everyTrialHasEndedWhenItReturns());
    }

    private record Named(String name, String description, Function<ComponentContext, Runner> maker)
            implements RunnerProvider {
        @Override
        public Runner create(ComponentContext context) {
            return maker.apply(context);
        }
    }

    private ProviderCompatibilityKit kit(String name, Function<ComponentContext, Runner> maker) {
        ProviderCompatibilityKit kit = new ProviderCompatibilityKit() {
            @Override
            protected ComponentProvider<?> provider() {
                return new Named(name, "", maker);
            }

            @Override
            protected Map<String, Object> settings(Path given, URI server) {
                return Map.of("folder", given.toString(), "url", server.toString());
            }
        };
        kit.folder = folder;
        return kit;
    }

    private static Runner checked(ComponentContext context) {
        context.config().knownKeys("folder", "url");
        return KitsCatchFaultsTest::sequential;
    }

    @Test
    void aProviderWithoutFaultPasses() {
        ProviderCompatibilityKit kit = kit("fine", KitsCatchFaultsTest::checked);
        assertThatCode(() -> {
                    kit.isOfExactlyOneKind();
                    kit.nameIsLowerCaseLettersDigitsAndHyphensAndAlwaysTheSame();
                    kit.descriptionIsOneShortLine();
                    kit.unknownSettingsAreRefusedByName();
                    kit.withoutSettingsItWorksOrSaysWhatIsMissing();
                    kit.makingAComponentOpensNoConnectionAndWritesNoFile();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aProviderThatIsNotListedOrBadlyNamedIsCaught() {
        caught(() -> kit("fine", KitsCatchFaultsTest::checked).isListedInItsServiceFile());
        caught(() ->
                kit("Not Fine", KitsCatchFaultsTest::checked).nameIsLowerCaseLettersDigitsAndHyphensAndAlwaysTheSame());
    }

    @Test
    void aProviderThatTakesAnySettingIsCaught() {
        caught(() -> kit("careless", context -> KitsCatchFaultsTest::sequential).unknownSettingsAreRefusedByName());
        caught(() -> kit("vague", context -> {
                    throw new ConfigException("something is wrong");
                })
                .unknownSettingsAreRefusedByName());
        caught(() -> kit("clumsy", context -> {
                    throw new NullPointerException();
                })
                .withoutSettingsItWorksOrSaysWhatIsMissing());
    }

    @Test
    void aProviderThatConnectsOrWritesWhileMakingIsCaught() {
        caught(() -> kit("connecting", context -> {
                    URI url = URI.create(context.config().requireString("url"));
                    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                        return socket.isConnected() ? checked(context) : KitsCatchFaultsTest::sequential;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .makingAComponentOpensNoConnectionAndWritesNoFile());
        caught(() -> kit("writing", context -> {
                    try {
                        Files.writeString(Path.of(context.config().requireString("folder"), "x"), "x");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return checked(context);
                })
                .makingAComponentOpensNoConnectionAndWritesNoFile());
    }
}
