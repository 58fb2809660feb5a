/** Talks HTTP to OpenRouter and to other servers of the OpenAI chat-completions interface. The only module that does. */
@NullMarked
package dev.rtel.openrouter;

import org.jspecify.annotations.NullMarked;
