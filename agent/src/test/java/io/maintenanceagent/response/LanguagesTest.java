package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanguagesTest {

    static Stream<String> all() {
        return Languages.ALL.stream();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en      |",
                "en      | ''",
                "en      | tlh",
                "de      | de",
                "de      | de-AT, en;q=0.8",
                "de      | DE-CH-1996",
                "fr      | tlh, fr;q=0.5, en;q=0.4",
                "es      | en;q=0.2, es;q=0.9",
                "fr      | fr, de",
                "en      | de;q=0, en",
                "en      | *",
                "de      | de, *;q=0.5",
                "pt      | pt-BR,pt;q=0.9",
                "he      | iw",
                "nb      | no",
                "nb      | nn-NO",
                "zh      | zh-CN,zh;q=0.9,en;q=0.8",
                "zh      | zh-Hans-HK",
                "zh-Hant | zh-TW",
                "zh-Hant | zh-hant-hk",
                "zh-Hant | zh-HK, zh;q=0.9",
                "ar      | ar-EG",
                "en      | ../../x, en",
                "en      | de;q=x",
            })
    void preferred_weights_highestIsChosen(String tag, String header) {
        assertEquals(tag, Languages.preferred(header));
    }

    @ParameterizedTest
    @MethodSource("all")
    void texts_eachLanguage_areComplete(String tag) {
        Set<String> names = BundledResource.properties("text/en.properties").stringPropertyNames();
        Properties texts = BundledResource.properties("text/" + tag + ".properties");
        assertEquals(names, texts.stringPropertyNames());
        for (String name : names) {
            assertFalse(texts.getProperty(name).isBlank(), name);
            assertTrue(
                    tag.equals("en")
                            || !texts.getProperty(name)
                                    .equals(BundledResource.properties("text/en.properties")
                                            .getProperty(name)),
                    name + " is not translated");
        }
    }
}
