package dev.rtel.it.planted.tasks;

import java.sql.Connection;
import java.sql.SQLException;

final class SpeaksSql {
    void commit(Connection connection) throws SQLException {
        connection.commit();
    }
}
