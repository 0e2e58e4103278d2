"""The pages: the list of spreadsheets, and each as a grid."""

from flask import Blueprint, Response

routes = Blueprint("page", __name__)


@routes.get("/")
def index() -> Response:
    """The list of spreadsheets."""
    return Response("ok")
