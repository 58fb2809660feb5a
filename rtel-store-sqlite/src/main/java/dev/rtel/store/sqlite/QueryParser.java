package dev.rtel.store.sqlite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Finds the names in the queries of this store, which have no colon anywhere else. Jdbi's own parser takes any SQL, and
 * loading its grammar takes as long as opening the store.
 */
final class QueryParser implements SqlParser {
    private static final Pattern NAME = Pattern.compile(":([a-z]+)");

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        ParsedSql.Builder parsed = ParsedSql.builder();
        Matcher name = NAME.matcher(sql);
        int done = 0;
        while (name.find()) {
            parsed.append(sql.substring(done, name.start())).appendNamedParameter(name.group(1));
            done = name.end();
        }
        return parsed.append(sql.substring(done)).build();
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        return ":" + rawName;
    }
}
