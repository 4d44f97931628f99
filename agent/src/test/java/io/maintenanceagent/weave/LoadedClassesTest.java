package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.servlet.GenericServlet;
import javax.servlet.Servlet;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import org.junit.jupiter.api.Test;

class LoadedClassesTest {

    private final List<List<Class<?>>> asked = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));
    private final WovenClasses woven = new WovenClasses();

    private Class<?> bad;

    /** Declares the method, and is no servlet. */
    static class Base {
        public void service(ServletRequest request, ServletResponse response) {}
    }

    abstract static class Heir extends Base implements Servlet {}

    static final class Stranger {}

    private LoadedClasses loaded(Class<?>... classes) {
        return new LoadedClasses(
                EntryPoints.REQUESTS,
                (Instrumentation) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Instrumentation.class},
                        (proxy, method, arguments) -> {
                            switch (method.getName()) {
                                case "getAllLoadedClasses":
                                    return classes;
                                case "isModifiableClass":
                                    return true;
                                default:
                                    retransform(List.of((Class<?>[]) arguments[0]));
                                    return null;
                            }
                        }),
                woven,
                errors);
    }

    private int weave(Class<?>... classes) {
        return loaded(classes).weave(classes);
    }

    private void retransform(List<Class<?>> classes) throws UnmodifiableClassException {
        asked.add(classes);
        if (bad != null && classes.contains(bad)) {
            throw new UnmodifiableClassException("not this one");
        }
        classes.forEach(type -> woven.add(type.getName()));
    }

    @Test
    void aServletsMethodMayBeInheritedFromAClassThatIsNone() {
        assertEquals(0, weave(Stranger.class, Base.class, Heir.class, String.class, Heir[].class));
        assertEquals(1, asked.size(), "together");
        assertEquals(Set.of(Base.class, Heir.class, Servlet.class), Set.copyOf(asked.get(0)));
    }

    @Test
    void oneThatIsRefusedSpoilsItForNobody() {
        bad = Base.class;
        assertEquals(1, weave(Base.class, Heir.class));
        assertTrue(woven.contains(Heir.class.getName()));
        assertTrue(!woven.contains(Base.class.getName()));
        errors.flush();
        assertTrue(said.toString().contains("$Base was loaded before and cannot be woven"), said::toString);
        assertEquals(1, said.toString().lines().count());
    }

    @Test
    void givesBackWhatWasWovenAndNothingElse() {
        woven.add(Heir.class.getName().replace('.', '/'));
        woven.add("com.acme.Unloaded");
        assertEquals(0, loaded(Stranger.class, Base.class, Heir.class).unweave());
        assertEquals(List.of(List.of(Heir.class)), asked);
        assertEquals(0, woven.count());
    }

    @Test
    void whatStaysWovenIsKnown() {
        woven.add(Heir.class.getName());
        bad = Heir.class;
        assertEquals(1, loaded(Heir.class).unweave());
        assertEquals(1, woven.count());
    }

    /** Whose verification needs a class that is not there: no JVM retransforms it, and nobody has to know. */
    @Test
    void aClassThatCannotRunIsLeftAlone() throws Exception {
        Class<?> broken = Class.forName(Broken.class.getName(), false, new LoaderWithoutAbsent());
        assertThrows(LinkageError.class, () -> broken.getDeclaredConstructor());
        assertEquals(0, weave(broken));
        assertEquals(List.of(), asked);
    }

    static final class Absent extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final class Broken extends GenericServlet {
        private static final long serialVersionUID = 1;

        @Override
        public void service(ServletRequest request, ServletResponse response) {
            throw new Absent();
        }
    }

    private static final class LoaderWithoutAbsent extends ClassLoader {

        LoaderWithoutAbsent() {
            super(LoadedClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Absent.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            if (!name.equals(Broken.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] classFile = in.readAllBytes();
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
