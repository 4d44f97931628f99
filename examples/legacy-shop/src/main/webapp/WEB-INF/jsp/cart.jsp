<% Cart cart = Cart.of(session); %>
<h1>Cart</h1>
<% if (cart.getLines().isEmpty()) { %>
<p>There is nothing in your cart.</p>
<% } else { %>
<form method="post" action="<%= response.encodeURL("cart") %>">
<table>
<tr><th>Item</th><th class="amount">Pieces</th><th class="amount">Total</th><th></th></tr>
<% for (CartLine line : cart.getLines()) { %>
<tr>
<td><%= Html.escape(line.getItem().getName()) %></td>
<td class="amount"><%= line.getQuantity() %></td>
<td class="amount">&euro; <%= line.getTotal() %></td>
<td><button type="submit" name="remove" value="<%= line.getItem().getId() %>">Remove</button></td>
</tr>
<% } %>
<tr><th>Total</th><td></td><td class="amount">&euro; <%= cart.getTotal() %></td><td></td></tr>
</table>
</form>
<form method="post" action="<%= response.encodeURL("order") %>">
<p>
<label>Your name <input type="text" name="customer" maxlength="100"></label>
<input type="submit" value="Order">
</p>
</form>
<% } %>
