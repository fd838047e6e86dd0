# What is obsoleted goes, and what only shares a capability stays.
repo system 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: old 1 1 noarch
#>=Prv: old = 1-1
#>=Pkg: neighbour 1 1 noarch
#>=Prv: neighbour = 1-1
#>=Prv: shared
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: new 2 1 noarch
#>=Prv: new = 2-1
#>=Prv: shared
#>=Obs: old < 2
system x86_64 rpm system
job install name new
result transaction,problems <inline>
#>erase old-1-1.noarch@system new-2-1.noarch@one
#>install new-2-1.noarch@one
