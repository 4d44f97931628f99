package com.acme.office;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** A schedule. */
@Component
class Cleaner {

    private final JdbcTemplate database;

    Cleaner(JdbcTemplate database) {
        this.database = database;
    }

    @Scheduled(fixedRate = 100)
    void clean() {
        database.update("INSERT INTO entry (writer) VALUES ('schedule')");
        database.update("DELETE FROM entry WHERE writer = 'schedule' AND at < now() - INTERVAL '1 minute'");
    }
}
