<%@ page import="java.util.List" %>
<%
    @SuppressWarnings("unchecked")
    List<Item> items = (List<Item>) request.getAttribute("items");
%>
<h1>Catalogue</h1>
<table>
<tr><th>Item</th><th class="amount">Price</th></tr>
<% for (Item item : items) { %>
<tr>
<td><a href="<%= response.encodeURL("item?id=" + item.getId()) %>"><%= Html.escape(item.getName()) %></a></td>
<td class="amount">&euro; <%= item.getPrice() %></td>
</tr>
<% } %>
</table>
