# Everything goes to the newest version, but for what is locked and what cannot.
repo system 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
#>=Pkg: locked 1 1 noarch
#>=Prv: locked = 1-1
#>=Pkg: held 1 1 noarch
#>=Prv: held = 1-1
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 2 1 noarch
#>=Prv: a = 2-1
#>=Pkg: locked 2 1 noarch
#>=Prv: locked = 2-1
#>=Pkg: held 2 1 noarch
#>=Prv: held = 2-1
#>=Req: missing
system x86_64 rpm system
job lock name locked
job update all packages
result transaction,problems <inline>
#>upgrade a-1-1.noarch@system a-2-1.noarch@one
