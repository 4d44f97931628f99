package com.acme.shop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All items on sale. Immutable, hence safe for all request threads. */
public class Catalogue {

    private final Map<String, Item> items = new LinkedHashMap<String, Item>();

    public Catalogue() {
        add("teapot", "Teapot", "Stoneware, holds one litre. Does not brew coffee.", "24.90");
        add("mug", "Mug", "Survives the dishwasher.", "7.50");
        add("kettle", "Kettle", "Whistles when it is done.", "39.00");
        add("tea-assam", "Assam, 250 g", "Strong and malty.", "8.90");
        add("tea-sencha", "Sencha, 100 g", "Fresh and grassy.", "11.20");
    }

    private void add(String id, String name, String description, String price) {
        items.put(id, new Item(id, name, description, new BigDecimal(price)));
    }

    public List<Item> getItems() {
        return new ArrayList<Item>(items.values());
    }

    /** Returns the item, or null if there is none with this id. */
    public Item find(String id) {
        return items.get(id);
    }
}
