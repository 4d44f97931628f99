package com.acme.office;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests: who posts a letter has it written down, and three hundred copies of it are sent to the clerk. */
@RestController
@RequestMapping("/letters")
class Letters {

    private static final int COPIES = 300;

    private final JdbcTemplate database;
    private final JmsTemplate queue;

    Letters(JdbcTemplate database, JmsTemplate queue) {
        this.database = database;
        this.queue = queue;
    }

    @GetMapping
    Long count() {
        return database.queryForObject("SELECT count(*) FROM entry", Long.class);
    }

    @PostMapping
    void post() {
        database.update("INSERT INTO entry (writer) VALUES ('request')");
        for (int i = 0; i < COPIES; i++) {
            queue.convertAndSend("letters", "copy " + i);
        }
    }
}
