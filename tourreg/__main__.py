from tourreg.cli import main

main()
