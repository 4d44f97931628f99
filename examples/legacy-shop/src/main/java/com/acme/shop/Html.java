package com.acme.shop;

/** Escaping for JSPs, which have no tag library here to do it. */
public final class Html {

    private Html() {}

    public static String escape(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
