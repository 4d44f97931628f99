package io.maintenanceagent.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSlotTest {

    /** As {@code CLUSTER KEYSLOT} gives them. */
    @ParameterizedTest
    @CsvSource({
        "123456789, 12739",
        "foo, 12182",
        "somekey, 11058",
        "foo{hash_tag}, 2515",
        "bar{hash_tag}, 2515",
        "hash_tag, 2515",
        "foo{}{bar}, 8363",
        "foo{{bar}}zap, 4015",
        "foo{bar}{zap}, 5061",
        "'', 0"
    })
    void of_key_isTheSlotThatRedisGives(String key, int slot) {
        assertEquals(slot, HashSlot.of(key));
    }

    @ParameterizedTest
    @CsvSource({
        "shop, {shop}, true",
        "{a}shop, {a}shop, true",
        "shop{a}b, shop{a}b, true",
        "a}b, {a}b}, false",
        "a{b, {a{b}, true",
        "{}a, {{}a}, false"
    })
    void sameSlot_keyBelow_hasTheSlot(String key, String prefix, boolean works) {
        assertEquals(prefix, HashSlot.sameSlot(key));
        assertEquals(works, HashSlot.hasOneTag(key));
        assertEquals(works, HashSlot.of(key) == HashSlot.of(prefix + ":instance:x"));
    }
}
