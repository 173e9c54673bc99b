from tourreg import create_app
from tourreg.settings import read_settings

app = create_app(read_settings())
