package io.maintenanceagent.response;

/** A text with placeholders like <code>${message}</code>. Names that mean nothing stay as they are. */
final class Template {

    /** What stands for a placeholder. */
    interface Values {

        /**
         * Returns its value, escaped for where it stands; {@code null} if the name means nothing.
         *
         * @param name what is between the braces
         */
        String get(String name);
    }

    private Template() {}

    /** Fills the placeholders in one pass: what is filled in is not looked at again. */
    static String fill(String template, Values values) {
        StringBuilder filled = new StringBuilder(template.length() + 256);
        int done = 0;
        for (int at = template.indexOf("${"); at >= 0; at = template.indexOf("${", at + 2)) {
            int end = template.indexOf('}', at);
            String value = end < 0 ? null : values.get(template.substring(at + 2, end));
            if (value != null) {
                filled.append(template, done, at).append(value);
                done = end + 1;
            }
        }
        return filled.append(template, done, template.length()).toString();
    }

    /** Whether the template has one of these placeholders. */
    static boolean mentions(String template, String... names) {
        for (String name : names) {
            if (template.contains("${" + name + "}")) {
                return true;
            }
        }
        return false;
    }
}
