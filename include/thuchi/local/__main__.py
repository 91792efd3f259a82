from thuchi.local.commands import app

app(prog_name="thuchi")
