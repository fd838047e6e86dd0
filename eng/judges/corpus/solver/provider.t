# Of several providers, only one of the right version will do.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: wanted 1 1 noarch
#>=Prv: wanted = 1-1
#>=Req: service >= 2
#>=Pkg: old 1 1 noarch
#>=Prv: old = 1-1
#>=Prv: service = 1
#>=Pkg: new 1 1 noarch
#>=Prv: new = 1-1
#>=Prv: service = 2
system x86_64 rpm system
job install name wanted
result transaction,problems <inline>
#>install new-1-1.noarch@one
#>install wanted-1-1.noarch@one
