"""Live sources: what a channel preview, a report page, a feed or a sitemap leads to.

One module an adapter. Each names the layouts it knows, with the year in which they were seen; a
page of none of them is a LayoutError that says so, never an empty result. Nothing here opens a
socket.
"""
