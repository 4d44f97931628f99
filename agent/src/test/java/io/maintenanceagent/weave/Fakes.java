package io.maintenanceagent.weave;

import java.lang.reflect.Proxy;

/** Objects of the servlet API that only have a name. */
final class Fakes {

    private Fakes() {}

    static Object named(Class<?> type, String name) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("toString")) {
                return name;
            }
            RecordingHook.body(name + "." + method.getName());
            return null;
        });
    }
}
