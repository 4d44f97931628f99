package com.acme.shop;

import java.util.List;

/** Numbers the orders. There is no database: an order lives as long as the session of its customer. */
public class OrderBook {

    private int lastNumber = 1000;

    public synchronized Order place(String customer, List<CartLine> lines) {
        lastNumber++;
        return new Order(lastNumber, customer, lines);
    }
}
