<% Item item = (Item) request.getAttribute("item"); %>
<h1><%= Html.escape(item.getName()) %></h1>
<p><%= Html.escape(item.getDescription()) %></p>
<form method="post" action="<%= response.encodeURL("cart") %>">
<p>
&euro; <%= item.getPrice() %>
<input type="hidden" name="id" value="<%= item.getId() %>">
<input type="text" name="quantity" value="1" size="2">
<input type="submit" value="Add to cart">
</p>
</form>
