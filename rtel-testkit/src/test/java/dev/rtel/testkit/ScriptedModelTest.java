package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.spi.ModelException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
    private static final CompletionRequest REQUEST = CompletionRequest.of("6 x 7?");

    private static Completion ask(ScriptedModel model) throws InterruptedException {
        return model.complete(REQUEST, SimpleAttempt.within(Duration.ofSeconds(5)));
    }

    @Test
    void answersComeInTheOrderGivenAndThenNoMore() throws Exception {
        ScriptedModel model = ScriptedModel.inOrder(
                "test/m",
                ScriptedModel.failure(new ModelException.Transient("server", "again")),
                ScriptedModel.text("42"));
        assertThatThrownBy(() -> ask(model)).isInstanceOf(ModelException.Transient.class);
        assertThat(ask(model).text()).hasValue("42");
        assertThatThrownBy(() -> ask(model))
                .isInstanceOf(ModelException.Permanent.class)
                .hasMessage("the script of 'test/m' has 2 answers, no more");
        assertThat(model.calls()).hasSize(3);
    }

    @Test
    void anAnswerMayDependOnRequestAndAttempt() throws Exception {
        ScriptedModel model = ScriptedModel.answering(
                "test/m",
                (request, attempt) -> Completion.builder()
                        .text(request.messages().get(0).content() + " attempt " + attempt.attempt())
                        .build());
        assertThat(ask(model).text()).hasValue("6 x 7? attempt 1");
        assertThat(model.requests()).containsExactly(REQUEST);
    }

    @Test
    void whatItUsedIsNotToldUnlessTheScriptSaysSo() throws Exception {
        assertThat(ask(ScriptedModel.saying("test/m", "42")).usage()).isEmpty();
    }

    @Test
    void anInterruptedCallerGetsNoAnswer() {
        ScriptedModel model = ScriptedModel.saying("test/m", "42");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ask(model)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void closingIsRemembered() {
        ScriptedModel model = ScriptedModel.saying("test/m", "42");
        assertThat(model.closed()).isFalse();
        model.close();
        assertThat(model.closed()).isTrue();
    }
}
