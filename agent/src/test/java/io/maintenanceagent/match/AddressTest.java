package io.maintenanceagent.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "::,0:0:0:0:0:0:0:0",
        "::1,0:0:0:0:0:0:0:1",
        "1::,1:0:0:0:0:0:0:0",
        "2001:DB8::8:0:1,2001:db8:0:0:0:8:0:1",
        "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
        "::ffff:10.0.0.1,10.0.0.1",
        "::ffff:a00:1,10.0.0.1",
        "0:0:0:0:0:FFFF:10.0.0.1,10.0.0.1",
        "::10.0.0.1,0:0:0:0:0:0:a00:1",
        "64:ff9b::10.0.0.1,64:ff9b:0:0:0:0:a00:1",
        "[::1],0:0:0:0:0:0:0:1",
        "fe80::1%eth0,fe80:0:0:0:0:0:0:1",
        "fe80:0:0:0:0:0:0:1%2,fe80:0:0:0:0:0:0:1",
    })
    void parse_validText_address(String text, String address) {
        assertEquals(address, Address.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "01.2.3.4",
                "0x1.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..3.4",
                "1.2.3.",
                "+1.2.3.4",
                "-1.2.3.4",
                "[1.2.3.4]",
                "localhost",
                "1.2.3.4%eth0",
                ":",
                ":::",
                "1:",
                ":1",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "[::1",
                "::1]",
                "::٣",
                "1.2.3.٣"
            })
    void parse_invalidText_null(String text) {
        assertNull(Address.parse(text), text);
    }

    /** {@link InetAddress} parses a text with a colon without a name server. */
    @Test
    void parse_randomAddresses_agreesWithTheJdk() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(9); n >= 0; n--) {
                text.append(Integer.toHexString(random.nextInt(0x20000) >> random.nextInt(17)));
                text.append(random.nextInt(6) == 0 ? "::" : ":");
            }
            text.append(random.nextInt(4) == 0 ? "1.2.3.4" : random.nextInt(3) == 0 ? "" : "1");
            if (random.nextInt(4) == 0) {
                text.insert(0, "::");
            }
            InetAddress jdk;
            try {
                jdk = InetAddress.getByName(text.toString());
            } catch (Exception e) {
                jdk = null;
            }
            Address ours = Address.parse(text.toString());
            assertEquals(jdk == null ? "null" : jdk.getHostAddress(), String.valueOf(ours), text.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.0.0.0/8,::ffff:10.1.1.1,true",
        "10.0.0.0/8,::10.1.1.1,false",
        "::ffff:10.0.0.0/104,10.1.1.1,true",
        "0.0.0.0/0,255.1.1.1,true",
        "0.0.0.0/0,::1,false",
        "::/0,1.2.3.4,false",
        "::/0,ffff::,true",
        "192.0.2.1,192.0.2.1,true",
        "192.0.2.1/32,192.0.2.2,false",
        "::1,::1%lo,true",
        "fe80::/10,febf::1%eth0,true",
        "fe80::/10,fec0::1,false",
        "2001:db8::/63,2001:db8:0:1::1,true",
        "2001:db8::/64,2001:db8:0:1::1,false",
        "2001:db8::/65,2001:db8::8000:0:0:0,false",
        "2001:db8::1/128,2001:db8::1,true",
    })
    void contains_address_asExpected(String network, String address, boolean contained) {
        assertEquals(contained, Network.parse(network).contains(Address.parse(address)));
        assertEquals(contained, new Networks(List.of(Network.parse(network))).find(Address.parse(address)) != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/999999999999",
                "::/129",
                "10.0.0.1/8",
                "2001:db8::1/64",
                "fe80::1%eth0",
                "[::1]",
                "localhost",
                "10.*",
                "::ffff:0:0/95",
                "::/٨"
            })
    void parse_invalidNetwork_fails(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(text), text);
    }

    @Test
    void parse_hostBits_errorNamesTheNetwork() {
        assertEquals(
                "\"10.1.2.3/8\" has bits behind its length; perhaps 10.0.0.0/8 is meant; allowed: like 192.0.2.1, "
                        + "10.0.0.0/8,"
                        + " ::1 or fd00::/8, without zone",
                assertThrows(IllegalArgumentException.class, () -> Network.parse("10.1.2.3/8"))
                        .getMessage());
    }

    @Test
    void find_randomNetworks_agreesWithLinearSearch() {
        Random random = new Random(2);
        for (int round = 0; round < 300; round++) {
            List<Network> all = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                boolean v4 = random.nextBoolean();
                int bits = random.nextInt(v4 ? 33 : 129);
                all.add(Network.parse(address(random, v4).first(bits) + "/" + bits));
            }
            Networks indexed = new Networks(all);
            for (int i = 0; i < 200; i++) {
                Address address = address(random, random.nextBoolean());
                assertEquals(
                        all.stream().anyMatch(network -> network.contains(address)),
                        indexed.find(address) != null,
                        () -> all + " and " + address);
            }
        }
        assertNull(Networks.NONE.find(Address.parse("::1")));
        assertNull(Networks.NONE.find(null));
    }

    /** Close together, so that they meet. */
    private static Address address(Random random, boolean v4) {
        return v4
                ? new Address(true, 0, random.nextInt(16) << 28 & 0xFFFFFFFFL | random.nextInt(4))
                : new Address(false, (long) random.nextInt(16) << 60, random.nextInt(4));
    }
}
