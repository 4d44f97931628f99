import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;

/** For {@code -Djava.system.class.loader}: a loader as java.lang.instrument asks for when there are agents. */
public final class OwnSystemLoader extends URLClassLoader {

    public OwnSystemLoader(ClassLoader parent) {
        super(new URL[0], parent);
    }

    /** Called by the JVM, with an agent's jar. */
    @SuppressWarnings("unused")
    private void appendToClassPathForInstrumentation(String jar) throws MalformedURLException {
        addURL(new File(jar).toURI().toURL());
    }
}
