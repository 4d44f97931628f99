package com.acme.office;

import jakarta.annotation.PostConstruct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** A thread that somebody started years ago, and that nobody remembers. */
@Component
class Heating implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Heating.class);

    private final JdbcTemplate database;

    Heating(JdbcTemplate database) {
        this.database = database;
    }

    @PostConstruct
    void start() {
        Thread thread = new Thread(this, "heating");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                database.update("INSERT INTO entry (writer) VALUES ('thread')");
            } catch (DataAccessException refused) {
                LOG.warn("{}", refused.getMessage());
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
