package dev.rtel.testkit;

import dev.rtel.eval.Completion;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;

class ScriptedModelCompatibilityTest extends ModelCompatibilityKit {
    private ScriptedModel last = ScriptedModel.saying("test/none", "");

    @Override
    protected Model model(Situation situation) {
        last = ScriptedModel.answering("test/scripted", answer(situation));
        return last;
    }

    private static ScriptedModel.Answer answer(Situation situation) {
        return switch (situation) {
            case ANSWERS ->
                ScriptedModel.reply(Completion.builder()
                        .text("42")
                        .finishReason("stop")
                        .generationId("gen-1")
                        .build());
            case CUT_OFF ->
                ScriptedModel.reply(Completion.builder().finishReason("length").build());
            case STALLS -> ScriptedModel.silence();
            case OVERLOADED -> ScriptedModel.failure(new ModelException.Transient("provider_overloaded", "503"));
            case REFUSES -> ScriptedModel.failure(new ModelException.Permanent("invalid_request", "400"));
            case KEY_REFUSED ->
                ScriptedModel.failure(
                        new ModelException.RunFatal("401", ModelException.Details.of("authentication"), null));
        };
    }

    @Override
    protected int calls() {
        return last.calls().size();
    }
}
