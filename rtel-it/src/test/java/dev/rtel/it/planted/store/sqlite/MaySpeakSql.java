package dev.rtel.it.planted.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

final class MaySpeakSql {
    void commit(Connection connection) throws SQLException {
        connection.commit();
    }
}
