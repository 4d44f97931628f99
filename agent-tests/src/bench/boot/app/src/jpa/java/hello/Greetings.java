package hello;

import org.springframework.data.jpa.repository.JpaRepository;

/** The table. */
public interface Greetings extends JpaRepository<Greeting, Long> {

    Greeting findByText(String text);
}
