package io.maintenanceagent.response;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Chooses one of the page's languages by {@code Accept-Language}, by the lookup of RFC 4647 section 3.4. English when
 * none fits.
 */
final class Languages {

    static final String DEFAULT = "en";

    /** Each has a file of its own, named by its tag, among the resources. */
    static final Set<String> ALL = Collections.unmodifiableSet(new HashSet<String>(Arrays.asList(
            "ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru", "sv",
            "tr", "uk", "zh", "zh-Hant")));

    private Languages() {}

    /**
     * Returns the tag of one of the page's languages.
     *
     * @param header the value of {@code Accept-Language}, or {@code null}
     */
    static String preferred(String header) {
        if (header == null) {
            return DEFAULT;
        }
        List<QualityList.Element> ranges = QualityList.parse(header);
        String best = null;
        float quality = 0;
        for (QualityList.Element range : ranges) {
            // Strictly more: among equals the first, which is how people and browsers order them.
            if (range.quality > quality) {
                String found = range.value.equals("*") ? DEFAULT : lookUp(range.value);
                if (found != null) {
                    best = found;
                    quality = range.quality;
                }
            }
        }
        return best == null ? DEFAULT : best;
    }

    static boolean isRightToLeft(String tag) {
        return tag.equals("ar") || tag.equals("he");
    }

    private static String lookUp(String range) {
        String tag = range.toLowerCase(Locale.ROOT);
        if (isTraditionalChinese(tag)) {
            return "zh-Hant";
        }
        int hyphen = tag.indexOf('-');
        String primary = hyphen < 0 ? tag : tag.substring(0, hyphen);
        switch (primary) {
            case "no": // the macrolanguage, and the other written form: readers of either read this one
            case "nn":
                return "nb";
            case "iw": // before 1989, and in Java before 17
                return "he";
            default:
                return ALL.contains(primary) ? primary : null;
        }
    }

    private static boolean isTraditionalChinese(String tag) {
        return tag.startsWith("zh-hant") || tag.equals("zh-tw") || tag.equals("zh-hk") || tag.equals("zh-mo");
    }
}
