/** The SPI, the planner, the runner and the facade of RTEL. */
module dev.rtel.core {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;

    exports dev.rtel;
    exports dev.rtel.common;
    exports dev.rtel.config;
    exports dev.rtel.eval;
    exports dev.rtel.spi;
    exports dev.rtel.plan;
    exports dev.rtel.run;

    opens dev.rtel.eval to
            tools.jackson.databind;

    uses dev.rtel.spi.ModelProvider;
    uses dev.rtel.spi.TaskProvider;
    uses dev.rtel.spi.GraderProvider;
    uses dev.rtel.spi.TokenExtractorProvider;
    uses dev.rtel.spi.RunnerProvider;
    uses dev.rtel.spi.ResultStoreProvider;
    uses dev.rtel.spi.ReporterProvider;
    uses dev.rtel.spi.CodeExecutorProvider;
}
