package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maintenanceagent.fault.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import javax.servlet.GenericServlet;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import org.junit.jupiter.api.Test;

class LoadedClassesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Faults faults = new Faults(new PrintStream(out, true));

    @Test
    void saysWhichClassTheJvmDoesNotRetransform() {
        LoadedClasses.weave(refusing(Whole.class), faults);
        assertEquals(
                "maintenance-agent: class " + Whole.class.getName()
                        + " was loaded before and cannot be woven (java.lang.InternalError: invalid class)\n",
                said());
    }

    /** Whose verification needs a class that is not there. */
    @Test
    void saysNothingOfAClassThatCannotRun() throws Exception {
        Class<?> broken = Class.forName(Broken.class.getName(), false, new LoaderWithoutAbsent());
        assertThrows(LinkageError.class, () -> broken.getDeclaredConstructor());
        LoadedClasses.weave(refusing(broken), faults);
        assertEquals("", said());
    }

    private String said() {
        faults.flush();
        return out.toString();
    }

    /** A JVM that has loaded one class, and does not retransform it. */
    private static Instrumentation refusing(Class<?> type) {
        return (Instrumentation) Proxy.newProxyInstance(
                LoadedClassesTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getAllLoadedClasses":
                            return new Class<?>[] {type};
                        case "isModifiableClass":
                            return true;
                        default:
                            throw new InternalError("invalid class");
                    }
                });
    }

    static final class Absent extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final class Whole extends GenericServlet {
        private static final long serialVersionUID = 1;

        @Override
        public void service(ServletRequest request, ServletResponse response) {}
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
