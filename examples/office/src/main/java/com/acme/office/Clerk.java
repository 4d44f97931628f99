package com.acme.office;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Messages: it takes its time with each of them. */
@Component
class Clerk {

    private final JdbcTemplate database;

    Clerk(JdbcTemplate database) {
        this.database = database;
    }

    @JmsListener(destination = "letters")
    @Transactional
    public void file(String letter) throws InterruptedException {
        database.update("INSERT INTO entry (writer) VALUES ('message')");
        Thread.sleep(20);
    }
}
