package dev.rtel.spi;

/** Service type of {@link TokenExtractor}: list it in {@code META-INF/services/dev.rtel.spi.TokenExtractorProvider}. */
public interface TokenExtractorProvider extends ComponentProvider<TokenExtractor> {}
