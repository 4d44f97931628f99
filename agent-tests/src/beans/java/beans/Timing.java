package beans;

import javax.ejb.Local;

/** What {@link Classic} can do for others. */
@Local
public interface Timing {

    void once(String name, long millis);
}
