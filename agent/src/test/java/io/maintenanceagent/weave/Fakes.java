package io.maintenanceagent.weave;

import java.lang.reflect.Proxy;

/** Objects of the servlet API that only have a name. Public for what another loader defines. */
public final class Fakes {

    private Fakes() {}

    public static <T> T named(Class<T> type, String name) {
        Class<?>[] types = {type};
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, (proxy, method, arguments) -> {
            if (method.getName().equals("toString")) {
                return name;
            }
            RecordingHook.body(name + "." + method.getName());
            return null;
        }));
    }
}
