<h1>Sorry</h1>
<p>We could not do that (error <%= request.getAttribute("javax.servlet.error.status_code") %>).</p>
